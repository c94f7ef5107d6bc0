package io.freerouter.openrouter;

import io.freerouter.routing.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.time.Instant;

/**
 * What Vert.x does not do or tell of a connection to the upstream: counts what came over it, remembers its GOAWAY, skips
 * informational responses, merges chunks, and over HTTP/2 sends pings. Confined to the connection's event loop.
 */
final class UpstreamConnection {
    private static final AttributeKey<UpstreamConnection> KEY =
            AttributeKey.valueOf(UpstreamConnection.class, "connection");

    private static final long PING_INTERVAL_MILLIS = 15_000;
    /** How long a connection may stay silent after a ping. */
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);
    /** After such a silence a connection over HTTP/2 may be dead, so a request goes out with a ping. Chromium waits as long. */
    private static final Duration AT_RISK = Duration.ofSeconds(10);
    /** Eight bytes, as the protocol wants it. */
    private static final String PING = "heartbea";

    private final HttpConnection connection;
    private final boolean isHttp2;
    private final Ticker ticker;
    private Instant lastRead;
    private boolean unresponsive;
    private long bytes;
    private int requests;
    private int lastProcessedStream = Integer.MAX_VALUE;

    private UpstreamConnection(HttpConnection connection, Ticker ticker) {
        this.connection = connection;
        this.ticker = ticker;
        this.lastRead = ticker.now();
        this.isHttp2 = connection.getWindowSize() >= 0;
    }

    /**
     * Watches a new connection until it is closed. Its calls learn that it breaks by themselves; without an exception handler
     * here Vert.x would log that as an error, with whatever text the other side has sent.
     */
    static UpstreamConnection watch(Vertx vertx, Ticker ticker, HttpConnection connection) {
        connection.exceptionHandler(ignored -> {});
        UpstreamConnection watched = new UpstreamConnection(connection, ticker);
        Channel channel = channel(connection);
        channel.attr(KEY).set(watched);
        if (watched.isHttp2) {
            watched.watchFrames(channel.pipeline());
            watched.sendPings(vertx);
        } else {
            channel.pipeline().addBefore("codec", "freerouter-bytes", watched.new ByteCounter());
            channel.pipeline().addBefore("handler", "freerouter-informational", new InformationalFilter());
            channel.pipeline().addBefore("handler", "freerouter-chunks", new ChunkMerger());
        }
        return watched;
    }

    /** What is known of a connection that is being watched. */
    static UpstreamConnection of(HttpConnection connection) {
        return channel(connection).attr(KEY).get();
    }

    private static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }

    boolean isHttp2() {
        return isHttp2;
    }

    /** How many bytes have come over it, below HTTP and above TLS. */
    long bytes() {
        return bytes;
    }

    /** Notes that a request is being sent. */
    void request() {
        requests++;
        if (isHttp2 && ticker.now().isAfter(lastRead.plus(AT_RISK))) {
            ping();
        }
    }

    /** Whether it was closed because nothing came after a ping. */
    boolean isUnresponsive() {
        return unresponsive;
    }

    /** Whether a request was sent over it before the last one. */
    boolean isReused() {
        return requests > 1;
    }

    /** Whether the other side has said that it did not process this stream and will not (RFC 9113, 6.8). */
    boolean rejects(int stream) {
        return isHttp2 && stream > lastProcessedStream;
    }

    private void watchFrames(ChannelPipeline pipeline) {
        Http2ConnectionHandler handler = pipeline.get(Http2ConnectionHandler.class);
        pipeline.addBefore(pipeline.context(handler).name(), "freerouter-bytes", new ByteCounter());
        Http2ConnectionDecoder decoder = handler.decoder();
        decoder.frameListener(new FrameListener(decoder.frameListener()));
    }

    /**
     * Pings a connection over HTTP/2 (RFC 9113, 6.7) and closes it if nothing comes: after a sleep, or behind a NAT that has
     * forgotten it, a dead connection would otherwise take every call of its event loop until TCP gives up. The timers belong
     * to the event loop: the verticle whose call came first may be undeployed, which must not end the pings.
     */
    private void sendPings(Vertx vertx) {
        ContextInternal here = (ContextInternal) vertx.getOrCreateContext();
        long timer = here.setPeriodic(PING_INTERVAL_MILLIS, beat -> ping());
        connection.closeHandler(closed -> vertx.cancelTimer(timer));
    }

    private void ping() {
        long before = bytes;
        connection.ping(Buffer.buffer(PING));
        ticker.after(PING_TIMEOUT, () -> {
            if (bytes == before) {
                unresponsive = true;
                connection.close();
            }
        });
    }

    private final class ByteCounter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            bytes += message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
            if (isHttp2) {
                lastRead = ticker.now();
            }
            context.fireChannelRead(message);
        }
    }

    /** Any 1xx but 101 announces another response (RFC 9110, 15.2). Vert.x 4 takes those it does not know as final. */
    private static boolean isInformational(int status) {
        return HttpStatusClass.INFORMATIONAL.contains(status) && status != 101;
    }

    private static final class InformationalFilter extends ChannelInboundHandlerAdapter {
        private boolean skipping;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpResponse response) {
                skipping = response.decoderResult().isSuccess()
                        && isInformational(response.status().code());
            }
            if (skipping) {
                skipping = !(message instanceof LastHttpContent);
                ReferenceCountUtil.release(message);
            } else {
                context.fireChannelRead(message);
            }
        }
    }

    private final class FrameListener extends Http2FrameListenerDecorator {
        FrameListener(Http2FrameListener listener) {
            super(listener);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end)
                throws Http2Exception {
            if (!isInformational(headers)) {
                super.onHeadersRead(context, stream, headers, padding, end);
            }
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int stream,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean end)
                throws Http2Exception {
            if (!isInformational(headers)) {
                super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, end);
            }
        }

        private static boolean isInformational(Http2Headers headers) {
            CharSequence status = headers.status();
            return status != null
                    && status.length() == 3
                    && status.charAt(0) == '1'
                    && !status.toString().equals("101");
        }

        /** Called before the streams that are rejected by it fail. A graceful shutdown sends two of them. */
        @Override
        public void onGoAwayRead(ChannelHandlerContext context, int lastStream, long code, ByteBuf text)
                throws Http2Exception {
            lastProcessedStream = lastStream;
            super.onGoAwayRead(context, lastStream, code, text);
        }
    }
}

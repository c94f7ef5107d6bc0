package io.freerouter.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Puts {@link StrictRequestDecoder} and {@link HttpPipeliningHandler} into every HTTP/1 connection before its first request is read. Vert.x
 * answers a request that its decoder cannot read without a body, or closes the connection, and neither Vert.x nor Quarkus
 * has a place for other words. So this looks for the server's socket and adds a handler to each connection that it accepts.
 * A connection that comes before that is watched from its first request on, see {@link UnreadBodyHandler}.
 */
@Singleton
class HttpConnections {
    private static final String DECODER = "httpDecoder";
    private static final String ENCODER = "httpEncoder";

    private final Vertx vertx;
    private final HttpServer server;

    HttpConnections(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    void watch(@ObservesAsync HttpServerStart start) {
        int port = server.getPort();
        for (EventExecutor loop : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
            loop.execute(() -> ((SingleThreadEventLoop) loop)
                    .registeredChannelsIterator()
                    .forEachRemaining(channel -> {
                        if (channel instanceof ServerChannel && isAt(port, channel)) {
                            channel.pipeline().addFirst(new Accepting(start.options()));
                        }
                    }));
        }
    }

    private static boolean isAt(int port, Channel channel) {
        return channel.localAddress() instanceof InetSocketAddress address && address.getPort() == port;
    }

    /** The server's socket. What it reads are connections. */
    private static final class Accepting extends ChannelInboundHandlerAdapter {
        private final HttpServerOptions options;

        Accepting(HttpServerOptions options) {
            this.options = options;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object connection) {
            ((Channel) connection).pipeline().addLast(new FirstBytes(options));
            context.fireChannelRead(connection);
        }
    }

    /**
     * Holds the first bytes of a connection back until they show whether it speaks HTTP/2. If it speaks HTTP/1, Vert.x first gets
     * a line end, which nobody takes for a request (RFC 9112, 2.2): then Vert.x adds its handlers, and ours come between them.
     */
    private static final class FirstBytes extends ChannelInboundHandlerAdapter {
        private static final byte[] PREFACE = Http1xOrH2CHandler.HTTP_2_PREFACE.getBytes(StandardCharsets.US_ASCII);

        private final HttpServerOptions options;
        private ByteBuf first = Unpooled.EMPTY_BUFFER;

        FirstBytes(HttpServerOptions options) {
            this.options = options;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelPipeline pipeline = context.pipeline();
            if (pipeline.get(SslHandler.class) != null) {
                context.fireChannelRead(message);
                watch(context, pipeline.get(DECODER) != null || pipeline.get("handler") != null);
                return;
            }
            first = Unpooled.wrappedBuffer(first, (ByteBuf) message);
            int length = Math.min(first.readableBytes(), PREFACE.length);
            boolean isHttp2 = beginsPreface(length);
            if (!isHttp2) {
                context.fireChannelRead(Unpooled.copiedBuffer("\r", StandardCharsets.US_ASCII));
            }
            if (!isHttp2 || length == PREFACE.length) {
                ByteBuf all = first;
                first = Unpooled.EMPTY_BUFFER;
                if (isHttp2) {
                    context.fireChannelRead(all);
                    watch(context, true);
                } else {
                    watch(context, true);
                    context.fireChannelRead(all);
                }
            }
        }

        private boolean beginsPreface(int length) {
            int matching = 0;
            while (matching < length && first.getByte(first.readerIndex() + matching) == PREFACE[matching]) {
                matching++;
            }
            return matching == length;
        }

        private void watch(ChannelHandlerContext context, boolean isReady) {
            ChannelPipeline pipeline = context.pipeline();
            if (isReady && pipeline.get(DECODER) != null) {
                pipeline.replace(DECODER, DECODER, new StrictRequestDecoder(options));
                HttpPipeliningHandler.watch(pipeline, ENCODER);
            }
            if (isReady && !context.isRemoved()) {
                pipeline.remove(this);
            }
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            first.release();
            first = Unpooled.EMPTY_BUFFER;
        }
    }
}

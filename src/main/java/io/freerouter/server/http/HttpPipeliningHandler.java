package io.freerouter.server.http;

import io.freerouter.reply.ErrorResponse;
import io.freerouter.server.http.StrictRequestDecoder.Flaw;
import io.freerouter.server.http.StrictRequestDecoder.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Stands between the decoder of an HTTP/1 connection and Vert.x, and passes one request at a time to it.
 *
 * <p>A request that is pipelined behind a running one waits here. Vert.x 4.5 would stop to read the connection when more than
 * a little of it has come, and so notice a disconnect late; and it forgets waiting requests when the connection ends. What
 * {@link RequestFraming} refuses is answered here, when its turn has come, and ends the connection. A body whose chunks are
 * malformed ends early, and {@link RequestBodyReader} asks {@link #fault} then. After the last response of a connection nothing that
 * comes is taken for a request.
 *
 * <p>Vert.x reports nothing for a response that was reset, as RESTEasy does when a write fails because the caller has
 * disconnected. So this handler reports the end of the connection while a response is unfinished: otherwise the upstream call
 * would run on, and Quarkus would wait for the exchange when the program is stopped.
 *
 * <p>Also has what is written in one turn of the event loop, such as a short answer and its end, go out by one call of the system.
 * Confined to the event loop of its connection.
 */
final class HttpPipeliningHandler extends ChannelDuplexHandler {
    private static final String NAME = HttpPipeliningHandler.class.getName();
    private static final String VERTX = "handler";
    private static final int MOST_WAITING_BYTES = 64 * 1024;
    private static final String FLUSHES = NAME + ".flushes";
    /** So many writes of one turn go out together. */
    private static final int MOST_WRITES = 256;

    /** Requests that wait for the response before them. */
    private final Queue<HttpObject> waiting = new ArrayDeque<>();

    private int waitingBytes;
    /** Whether a request has been passed on whose response is not complete. */
    private boolean isAnswering;
    /** Whether the response that is running, or the one before, is the last of this connection. */
    private boolean isLast;
    /** Whether what comes belongs to no request. */
    private boolean isDiscarding;
    /** Why the body of the running request ended early; null if it did not. */
    private ErrorResponse fault;
    /** Who has sent what is not read any more; null while the connection is in use. */
    private UnreadBodyHandler.Sender sender;

    /** @param isAnswering whether the connection has a request already */
    HttpPipeliningHandler(boolean isAnswering) {
        this.isAnswering = isAnswering;
    }

    /** Watches a connection whose first request is being handled. False if that is done already. */
    static boolean watch(HttpConnection connection) {
        ChannelPipeline pipeline =
                ((ConnectionBase) connection).channelHandlerContext().pipeline();
        boolean isNew = pipeline.get(NAME) == null && pipeline.get(VERTX) != null;
        if (isNew) {
            pipeline.addBefore(VERTX, NAME, new HttpPipeliningHandler(true));
            mergeWrites(pipeline);
        }
        return isNew;
    }

    /** Watches a connection from its beginning, behind the handler of this name. */
    static void watch(ChannelPipeline pipeline, String decoder) {
        pipeline.addAfter(decoder, NAME, new HttpPipeliningHandler(false));
        mergeWrites(pipeline);
    }

    /** Without this, the end of an answer would be a write of its own. */
    private static void mergeWrites(ChannelPipeline pipeline) {
        pipeline.addBefore(NAME, FLUSHES, new FlushConsolidationHandler(MOST_WRITES, true));
    }

    /** Why the body of the request that a connection has now ended early; empty if it did not. */
    static Optional<ErrorResponse> fault(HttpConnection connection) {
        return ((ConnectionBase) connection).channelHandlerContext().pipeline().get(NAME)
                        instanceof HttpPipeliningHandler watch
                ? Optional.ofNullable(watch.fault)
                : Optional.empty();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof HttpObject part)) {
            context.fireChannelRead(message);
            return;
        }
        boolean isHead = part instanceof HttpRequest;
        isDiscarding |= isHead && isLast;
        if (isDiscarding || isHead && part.decoderResult().cause() instanceof PrematureChannelClosureException) {
            ReferenceCountUtil.release(part);
        } else if (!waiting.isEmpty() || isHead && isAnswering) {
            await(part);
        } else {
            pass(context, part);
        }
    }

    private void await(HttpObject part) {
        waitingBytes += size(part);
        if (waitingBytes <= MOST_WAITING_BYTES) {
            waiting.add(part);
            return;
        }
        isDiscarding = true;
        ReferenceCountUtil.release(part);
        HttpObject last = part instanceof HttpRequest ? part : new DefaultLastHttpContent();
        last.setDecoderResult(DecoderResult.failure(new Flaw(Kind.TOO_MUCH_WAITING)));
        waiting.add(last);
    }

    private static int size(HttpObject part) {
        if (part instanceof HttpContent content) {
            return content.content().readableBytes();
        }
        return part.decoderResult() instanceof HttpMessageDecoderResult head ? head.totalSize() : 0;
    }

    private void pass(ChannelHandlerContext context, HttpObject part) {
        if (part instanceof HttpRequest head) {
            Optional<ErrorResponse> refusal = RequestFraming.refusal(head);
            if (refusal.isPresent()) {
                ReferenceCountUtil.release(part);
                refuse(context, head, refusal.get());
                return;
            }
            ignoreIncompleteUpgrade(head);
            isAnswering = true;
        } else if (part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(part);
            endEarly(context, RequestFraming.chunks(part.decoderResult().cause()));
            return;
        }
        context.fireChannelRead(part);
    }

    /** Vert.x would answer without a body, and then read nothing more (RFC 7540, 3.2: such a request is one of HTTP/1.1). */
    private static void ignoreIncompleteUpgrade(HttpRequest head) {
        HttpHeaders headers = head.headers();
        if (!headers.contains(HttpHeaderNames.UPGRADE)) {
            return;
        }
        boolean isComplete = headers.getAll("HTTP2-Settings").size() == 1
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.containsValue(HttpHeaderNames.CONNECTION, "HTTP2-Settings", true);
        if (!isComplete) {
            headers.remove(HttpHeaderNames.UPGRADE);
        }
    }

    /** Answers a request that is not passed on. It is not certain where it ends, so it is the last of its connection. */
    private void refuse(ChannelHandlerContext context, HttpRequest head, ErrorResponse openAi) {
        takeNoMore();
        isDiscarding = true;
        String path = head.uri().split("[?#]", 2)[0];
        ErrorResponse reply = ErrorSender.in(CallerDialect.of(path, head.headers()::get), openAi);
        ByteBuf body = ByteBufUtil.writeUtf8(context.alloc(), reply.body());
        int length = body.readableBytes();
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reply.status()),
                head.method().equals(HttpMethod.HEAD) ? Unpooled.EMPTY_BUFFER : body);
        if (response.content() != body) {
            body.release();
        }
        reply.headers().forEach(response.headers()::set);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.write(response);
        closeWhenRead(context, context.newPromise());
    }

    /** Ends the body of a request of which nothing more can be read. Its response may have been sent. */
    private void endEarly(ChannelHandlerContext context, ErrorResponse reply) {
        fault = reply;
        takeNoMore();
        isDiscarding = true;
        context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        if (!isAnswering) {
            closeWhenRead(context, context.newPromise());
        }
    }

    private void takeNoMore() {
        isLast = true;
        if (!waiting.isEmpty()) {
            isDiscarding = true;
            releaseWaiting();
        }
    }

    private void releaseWaiting() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        waitingBytes = 0;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response && !isInformational(response)) {
            if (fault != null) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            if (!HttpUtil.isKeepAlive(response)) {
                takeNoMore();
            }
        }
        boolean isEnd = message instanceof LastHttpContent && !isInformational(message);
        context.write(message, promise);
        if (isSwitching(message)) {
            context.pipeline().remove(this);
        } else if (isEnd) {
            isAnswering = false;
            if (fault != null || !waiting.isEmpty()) {
                context.executor().execute(() -> afterResponse(context));
            }
        }
    }

    /** Such as {@code 100 Continue}, which comes before the answer (RFC 9110, 15.2). */
    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    /** Whether what follows is HTTP/2. */
    private static boolean isSwitching(Object message) {
        return message instanceof HttpResponse response
                && response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    }

    /** In the turn after a response, when Vert.x is ready for the next request. */
    private void afterResponse(ChannelHandlerContext context) {
        if (fault != null && !isAnswering) {
            closeWhenRead(context, context.newPromise());
        }
        boolean any = !waiting.isEmpty();
        while (!waiting.isEmpty() && !(isAnswering && waiting.peek() instanceof HttpRequest)) {
            HttpObject part = waiting.poll();
            waitingBytes -= size(part);
            pass(context, part);
        }
        if (any) {
            context.fireChannelReadComplete();
        }
    }

    /** After a fault, the sender may still be sending. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (fault == null || sender != null) {
            context.close(promise);
        } else {
            closeWhenRead(context, promise);
        }
    }

    /**
     * Sends what has been written, and closes the connection when the sender has stopped. A sender whose connection is closed
     * while it still sends may never see the response (RFC 9112, 9.6).
     */
    private void closeWhenRead(ChannelHandlerContext context, ChannelPromise promise) {
        if (sender != null) {
            return;
        }
        sender = new UnreadBodyHandler.Sender();
        context.channel().config().setAutoRead(true);
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (context.channel() instanceof SocketChannel socket
                    && context.pipeline().get(SslHandler.class) == null) {
                socket.shutdownOutput();
                closeWhenSilent(context, promise);
            } else {
                context.close(promise);
            }
        });
    }

    private void closeWhenSilent(ChannelHandlerContext context, ChannelPromise promise) {
        context.executor()
                .schedule(
                        () -> {
                            if (sender.isTooSlow() || !context.channel().isActive()) {
                                context.close(promise);
                            } else {
                                closeWhenSilent(context, promise);
                            }
                        },
                        UnreadBodyHandler.SILENCE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (sender != null) {
            sender.sends();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        releaseWaiting();
        context.fireChannelInactive();
        if (isAnswering) {
            context.fireExceptionCaught(new ClosedChannelException());
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        releaseWaiting();
    }
}

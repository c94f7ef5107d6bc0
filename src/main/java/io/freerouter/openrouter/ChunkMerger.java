package io.freerouter.openrouter;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;

/**
 * Hands on as one chunk what one read of a connection has brought of a response over HTTP/1.1. Servers send each token as a chunk of
 * its own, and each chunk takes the same way through Vert.x, however short it is. Nothing waits for a later read. Confined to the
 * connection's event loop.
 */
final class ChunkMerger extends ChannelInboundHandlerAdapter {
    /** So many bytes are handed on even before the read is over, so that a slow reader is noticed. */
    private static final int ENOUGH = 64 * 1024;

    private HttpContent only;
    private ByteBuf merged;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!isChunk(message)) {
            handOn(context);
            context.fireChannelRead(message);
            return;
        }
        HttpContent chunk = (HttpContent) message;
        if (only == null && merged == null) {
            only = chunk;
        } else {
            merge(chunk);
            if (merged.readableBytes() >= ENOUGH) {
                handOn(context);
            }
        }
    }

    private static boolean isChunk(Object message) {
        return message instanceof HttpContent content
                && !(message instanceof LastHttpContent)
                && !(message instanceof HttpResponse)
                && content.decoderResult().isSuccess();
    }

    /** Into memory that Vert.x takes as it is: it copies any other. */
    private void merge(HttpContent chunk) {
        if (merged == null) {
            merged = VertxByteBufAllocator.DEFAULT.heapBuffer(
                    8 * (only.content().readableBytes() + chunk.content().readableBytes()));
            append(only);
            only = null;
        }
        append(chunk);
    }

    private void append(HttpContent chunk) {
        merged.writeBytes(chunk.content());
        chunk.release();
    }

    private void handOn(ChannelHandlerContext context) {
        HttpContent chunk = merged == null ? only : new DefaultHttpContent(merged);
        only = null;
        merged = null;
        if (chunk != null) {
            context.fireChannelRead(chunk);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        handOn(context);
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        handOn(context);
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        handOn(context);
        context.fireExceptionCaught(cause);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        handOn(context);
    }
}

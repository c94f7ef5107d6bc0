package io.freerouter.openrouter;

import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.request.ContentCodings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.vertx.core.http.HttpClientResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Takes the content coding off a response's body. We ask for none, but some proxies compress all the same. A few bytes can
 * stand for very many, so decoding stops as soon as its result is no longer wanted. One for each response. To be closed on the
 * thread that decodes: until then it holds memory outside of the heap, and what it could not decode yet.
 */
final class ContentDecoder implements AutoCloseable {
    /** DEFLATE multiplies by about a thousand at most, so a piece of this length becomes a few megabytes at most. */
    private static final int PIECE = 4096;

    private static final int MOST_OF_A_PIECE = 8 << 20;

    private static final String GZIP = "gzip";
    private static final Set<String> KNOWN = Set.of(GZIP, "deflate");

    private final boolean known;
    private final List<EmbeddedChannel> stages;

    /**
     * @param known false if there is a coding that is not known
     * @param stages decode one after the other; none if nothing is to be decoded
     */
    private ContentDecoder(boolean known, List<EmbeddedChannel> stages) {
        this.known = known;
        this.stages = stages;
    }

    /** Not pooled, so that its metric tells what is held. Netty's own: a native executable cannot contain one that it made itself. */
    static UnpooledByteBufAllocator buffers() {
        return UnpooledByteBufAllocator.DEFAULT;
    }

    /** The decoder for a response. */
    static ContentDecoder of(HttpClientResponse response) {
        return ContentCodings.of(response.headers().getAll("Content-Encoding"))
                .filter(KNOWN::containsAll)
                .map(codings -> new ContentDecoder(true, stages(codings)))
                .orElseGet(() -> new ContentDecoder(false, List.of()));
    }

    /** What was applied last is decoded first. */
    private static List<EmbeddedChannel> stages(List<String> codings) {
        List<EmbeddedChannel> stages = new ArrayList<>();
        for (String coding : codings) {
            stages.add(0, stage(coding));
        }
        return stages;
    }

    /** Gzip may come in several members, one after the other (RFC 1952, 2.2). */
    private static EmbeddedChannel stage(String coding) {
        EmbeddedChannel stage = new EmbeddedChannel(
                coding.equals(GZIP)
                        ? new JdkZlibDecoder(true, MOST_OF_A_PIECE)
                        : new JdkZlibDecoder(ZlibWrapper.ZLIB_OR_NONE, MOST_OF_A_PIECE));
        stage.config().setAllocator(buffers());
        return stage;
    }

    private static AttemptException malformed() {
        return new AttemptException(Failure.of(FailureKind.MALFORMED));
    }

    /**
     * Decodes some bytes of the body.
     *
     * @param decoded gets the result in pieces; false if no more is wanted
     * @throws AttemptException as malformed if they are not in the coding, or if it is not known
     */
    void decode(byte[] bytes, Predicate<byte[]> decoded) {
        if (!known) {
            throw malformed();
        }
        try {
            decode(0, bytes, decoded);
        } catch (RuntimeException undecodable) {
            throw undecodable instanceof AttemptException failed ? failed : malformed();
        }
    }

    private boolean decode(int stage, byte[] bytes, Predicate<byte[]> decoded) {
        if (stage == stages.size()) {
            return decoded.test(bytes);
        }
        boolean wanted = true;
        for (int from = 0; wanted && from < bytes.length; from += PIECE) {
            int length = Math.min(PIECE, bytes.length - from);
            try {
                stages.get(stage).writeInbound(buffers().heapBuffer(length).writeBytes(bytes, from, length));
            } finally {
                wanted = handOn(stage, decoded);
            }
        }
        return wanted;
    }

    private boolean handOn(int stage, Predicate<byte[]> decoded) {
        EmbeddedChannel zlib = stages.get(stage);
        boolean wanted = true;
        for (ByteBuf piece = zlib.readInbound(); piece != null; piece = zlib.readInbound()) {
            byte[] bytes = ByteBufUtil.getBytes(piece);
            piece.release();
            wanted = wanted && decode(stage + 1, bytes, decoded);
        }
        return wanted;
    }

    /** Gives back what it holds. Harmless if it is closed. */
    @Override
    public void close() {
        for (EmbeddedChannel stage : stages) {
            if (stage.isOpen()) {
                stage.pipeline().removeFirst();
                stage.releaseInbound();
                stage.close();
            }
        }
    }
}

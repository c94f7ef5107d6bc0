package io.freerouter.openrouter;

import io.freerouter.failure.AttemptException;
import io.freerouter.failure.FailureKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Collects a response's body, up to a limit, without its content coding. */
final class ResponseBodyCollector {
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final byte[] NONE = {};

    /** What came first, which as a rule is all. */
    private byte[] first = NONE;
    /** All that came; null if that is only {@link #first}. */
    private Buffer all;

    private final int max;
    private final UpstreamCall call;
    private final Consumer<byte[]> complete;
    private final BiConsumer<byte[], FailureKind> failed;
    private boolean over;

    /**
     * @param complete gets the whole body
     * @param failed called instead if the connection breaks, or if the body is too long or cannot be decoded; gets what has come
     */
    ResponseBodyCollector(UpstreamCall call, Consumer<byte[]> complete, BiConsumer<byte[], FailureKind> failed) {
        this(MAX_BYTES, call, complete, failed);
    }

    /** @param max how many bytes the body may have */
    ResponseBodyCollector(
            int max, UpstreamCall call, Consumer<byte[]> complete, BiConsumer<byte[], FailureKind> failed) {
        this.max = max;
        this.call = call;
        this.complete = complete;
        this.failed = failed;
    }

    /** Reads the response to its end. */
    void collect(HttpClientResponse response) {
        ContentDecoder decoder = ContentDecoder.of(response);
        response.handler(data -> append(data, decoder));
        response.exceptionHandler(cause -> {
            fail(call.broken(cause));
            decoder.close();
        });
        response.endHandler(nothing -> {
            call.end();
            decoder.close();
            if (!over) {
                complete.accept(bytes());
            }
        });
        call.whenAbandoned(decoder::close);
    }

    private void append(Buffer data, ContentDecoder decoder) {
        if (over) {
            return;
        }
        try {
            decoder.decode(data.getBytes(), this::append);
        } catch (AttemptException undecodable) {
            giveUp(undecodable.failure().kind());
        }
    }

    private boolean append(byte[] decoded) {
        int length = all == null ? first.length : all.length();
        if (length + decoded.length > max) {
            giveUp(FailureKind.MALFORMED);
            return false;
        }
        if (length == 0) {
            first = decoded;
        } else {
            all = (all == null ? Buffer.buffer(first) : all).appendBytes(decoded);
        }
        return true;
    }

    private byte[] bytes() {
        return all == null ? first : all.getBytes();
    }

    private void giveUp(FailureKind kind) {
        call.close();
        fail(kind);
    }

    private void fail(FailureKind kind) {
        if (!over) {
            over = true;
            failed.accept(bytes(), kind);
        }
    }
}

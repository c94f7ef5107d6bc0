package io.freerouter.openrouter;

import io.freerouter.failure.FailureKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.Consumer;

/** Collects a response's body, up to a limit. */
final class WholeBody {
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private final Buffer bytes = Buffer.buffer();
    private final int max;
    private final UpstreamCall call;
    private final Consumer<byte[]> complete;
    private final Consumer<FailureKind> failed;

    /**
     * @param complete gets the whole body
     * @param failed told instead if the connection breaks or the body is too long
     */
    WholeBody(UpstreamCall call, Consumer<byte[]> complete, Consumer<FailureKind> failed) {
        this(MAX_BYTES, call, complete, failed);
    }

    /** @param max how many bytes the body may have */
    WholeBody(int max, UpstreamCall call, Consumer<byte[]> complete, Consumer<FailureKind> failed) {
        this.max = max;
        this.call = call;
        this.complete = complete;
        this.failed = failed;
    }

    /** Reads the response to its end. */
    void collect(HttpClientResponse response) {
        response.exceptionHandler(cause -> {
            call.end();
            failed.accept(FailureKind.BROKEN);
        });
        response.endHandler(nothing -> {
            call.end();
            complete.accept(bytes.getBytes());
        });
        response.handler(this::append);
    }

    private void append(Buffer data) {
        bytes.appendBuffer(data);
        if (bytes.length() > max) {
            call.close();
            failed.accept(FailureKind.MALFORMED);
        }
    }
}

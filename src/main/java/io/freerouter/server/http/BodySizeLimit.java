package io.freerouter.server.http;

import io.freerouter.reply.ErrorResponse;
import io.freerouter.reply.RefusalWriter;

/**
 * The largest request body that is taken, before and after it is decoded.
 *
 * @param bytes the largest size, in bytes
 */
record BodySizeLimit(int bytes) {
    /** Virtual machines allow arrays of almost this length, and no more. */
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** The limit of one body. It is never more than the memory for all bodies. */
    static BodySizeLimit of(ServerOptions options) {
        return new BodySizeLimit(
                (int) Math.min(LONGEST_ARRAY, Math.min(options.maxBodySize(), options.maxBodiesMemory())));
    }

    boolean isExceededBy(long size) {
        return size > bytes;
    }

    /** The answer to a request whose body is larger. */
    ErrorResponse refusal() {
        return RefusalWriter.error(
                413,
                "The request body is larger than " + bytes
                        + " bytes. Send less, or raise freerouter.http.max-body-size.",
                "body_too_large");
    }
}

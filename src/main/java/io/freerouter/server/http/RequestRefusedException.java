package io.freerouter.server.http;

import io.freerouter.reply.ErrorResponse;
import io.freerouter.reply.RefusalWriter;

/** A request that a resource refuses. {@link ExceptionMappers} answers it. */
final class RequestRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorResponse reply;

    /** @param reply the answer, in OpenAI's shape */
    RequestRefusedException(ErrorResponse reply) {
        super(reply.body(), null, false, false);
        this.reply = reply;
    }

    RequestRefusedException(int status, String message, String code) {
        this(RefusalWriter.error(status, message, code));
    }

    /** The answer, in OpenAI's shape. */
    ErrorResponse reply() {
        return reply;
    }
}

package io.freerouter.request;

import java.util.Optional;

/** A request that cannot be read, explained in words of our own. It has no stack trace: it is an answer, not a bug. */
public final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String param;
    private final String code;

    private InvalidRequestException(String message, String param, String code) {
        super(message, null, false, false);
        this.param = param;
        this.code = code;
    }

    /** The body as a whole cannot be read. */
    public static InvalidRequestException body(String message) {
        return new InvalidRequestException(message, null, "invalid_json");
    }

    /** One field is not what it has to be. */
    public static InvalidRequestException field(String param, String code, String message) {
        return new InvalidRequestException(message, param, code);
    }

    /** The field at fault; empty if it is the body as a whole. */
    public Optional<String> param() {
        return Optional.ofNullable(param);
    }

    /** The kind of fault, for programs. */
    public String code() {
        return code;
    }
}

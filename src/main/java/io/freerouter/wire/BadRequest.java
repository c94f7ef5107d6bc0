package io.freerouter.wire;

import java.util.Optional;

/** A request that cannot be read, told in words of our own. Has no stack trace: it is an answer, not a bug. */
public final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String param;
    private final String code;

    private BadRequest(String message, String param, String code) {
        super(message, null, false, false);
        this.param = param;
        this.code = code;
    }

    /** The body as a whole cannot be read. */
    static BadRequest body(String message) {
        return new BadRequest(message, null, "invalid_json");
    }

    /** One field is not what it has to be. */
    static BadRequest field(String param, String code, String message) {
        return new BadRequest(message, param, code);
    }

    /** The field at fault; empty if it is the body as a whole. */
    public Optional<String> param() {
        return Optional.ofNullable(param);
    }

    /** The kind of fault, in a word for programs. */
    public String code() {
        return code;
    }
}

package io.freerouter;

import io.freerouter.wire.BadRequest;
import java.util.Optional;

/** The request is no chat request; nobody was asked. */
public final class BadRequestException extends FreeRouterException {
    private static final long serialVersionUID = 1L;

    /** The member at fault, null if it is the request as a whole. */
    private final String param;

    /** The kind of fault. */
    private final String code;

    BadRequestException(BadRequest fault, Told told) {
        super(told.message(), told);
        this.param = fault.param().orElse(null);
        this.code = fault.code();
    }

    /**
     * The member at fault.
     *
     * @return its name; empty if it is the request as a whole
     */
    public Optional<String> param() {
        return Optional.ofNullable(param);
    }

    /**
     * The kind of fault.
     *
     * @return a word for programs, such as {@code invalid_json}
     */
    public String code() {
        return code;
    }
}

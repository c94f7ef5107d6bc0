package io.freerouter;

import io.freerouter.request.InvalidRequestException;
import java.util.Optional;

/** The request is not a valid chat request. No model was asked. */
public final class BadRequestException extends FreeRouterException {
    private static final long serialVersionUID = 1L;

    /** The member at fault; null if the request as a whole is. */
    private final String param;

    /** The kind of fault. */
    private final String code;

    BadRequestException(InvalidRequestException fault, Reply reply) {
        super(reply);
        this.param = fault.param().orElse(null);
        this.code = fault.code();
    }

    /**
     * Returns which member of the request is at fault.
     *
     * @return the member's name; empty if the request as a whole is at fault
     */
    public Optional<String> param() {
        return Optional.ofNullable(param);
    }

    /**
     * Returns the kind of fault.
     *
     * @return a word for programs, such as {@code invalid_json}
     */
    public String code() {
        return code;
    }
}

package io.freerouter;

import io.freerouter.failure.Refusal;

/**
 * There is no free model for the request: none can do what it needs, it is too long for all, none of those it names is free,
 * or the list of models cannot be read.
 */
public final class NoModelException extends FreeRouterException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal reason;

    NoModelException(Refusal reason, Told told) {
        super(told.message(), told);
        this.reason = reason;
    }

    /**
     * Which of these it is.
     *
     * @return a {@link Refusal.Unsuited}, {@link Refusal.TooLong}, {@link Refusal.NoneFree} or {@link Refusal.NoModels}
     */
    public Refusal reason() {
        return reason;
    }
}

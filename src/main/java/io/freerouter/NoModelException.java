package io.freerouter;

import io.freerouter.failure.Refusal;

/**
 * No free model can answer the request: no model can do what the request needs, the request is too long for all models, none of
 * the named models is free, all suitable models are cooling down, no model is free, or the list of models cannot be read.
 */
public final class NoModelException extends FreeRouterException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal reason;

    NoModelException(Refusal reason, Reply reply) {
        super(reply);
        this.reason = reason;
    }

    /**
     * Returns which of these reasons it is.
     *
     * @return a {@link Refusal.Unsuited}, {@link Refusal.TooLong}, {@link Refusal.NoneFree}, {@link Refusal.AllCoolingDown} or
     *     {@link Refusal.NoModels}
     */
    public Refusal reason() {
        return reason;
    }
}

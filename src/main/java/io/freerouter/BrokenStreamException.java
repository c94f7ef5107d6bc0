package io.freerouter;

import io.freerouter.failure.Failure;

/** A stream broke off after it had begun: what came of it is all there is. */
public final class BrokenStreamException extends FreeRouterException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    BrokenStreamException(Failure failure, Told told) {
        super(told.message(), told);
        this.failure = failure;
    }

    /**
     * Why it broke off.
     *
     * @return the upstream's failure
     */
    public Failure failure() {
        return failure;
    }
}

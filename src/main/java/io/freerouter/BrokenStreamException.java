package io.freerouter;

import io.freerouter.failure.Failure;

/** A stream broke off after it had begun. Nothing more of the answer will come. */
public final class BrokenStreamException extends FreeRouterException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    BrokenStreamException(Failure failure, Reply reply) {
        super(reply);
        this.failure = failure;
    }

    /**
     * Returns why the stream broke off.
     *
     * @return the upstream's failure
     */
    public Failure failure() {
        return failure;
    }
}

package io.freerouter;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Refusal.Rejected;

/**
 * The upstream refused the request itself, or the account's key; another model would not change that. {@link #status} and
 * {@link #body} are the upstream's own.
 */
public final class RejectedException extends FreeRouterException {
    private static final long serialVersionUID = 1L;

    private final transient Rejected rejected;

    RejectedException(Rejected rejected, Told told) {
        super(told.message(), told);
        this.rejected = rejected;
    }

    /**
     * Who was asked last.
     *
     * @return the model
     */
    public ModelId model() {
        return rejected.model();
    }

    /**
     * What the upstream's refusal was taken for.
     *
     * @return the failure, with the status and usually the upstream's own reply
     */
    public Failure failure() {
        return rejected.failure();
    }

    /**
     * How many models were asked.
     *
     * @return a number from 1 on
     */
    public int attempts() {
        return rejected.attempts();
    }
}

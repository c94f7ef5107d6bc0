package io.freerouter;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Refusal.Rejected;

/**
 * OpenRouter refused the request itself, or the key; or several models' providers refused the request. Another model would most
 * likely refuse it as well. {@link #status} and {@link #body} are the words of OpenRouter or of the last provider, if they can be
 * read.
 */
public final class RejectedException extends FreeRouterException {
    private static final long serialVersionUID = 1L;

    private final transient Rejected rejected;

    RejectedException(Rejected rejected, Reply reply) {
        super(reply);
        this.rejected = rejected;
    }

    /**
     * Returns the model that was asked last.
     *
     * @return the model
     */
    public ModelId model() {
        return rejected.model();
    }

    /**
     * Returns what kind of failure the refusal is.
     *
     * @return the failure, with the status and usually the upstream's own reply
     */
    public Failure failure() {
        return rejected.failure();
    }

    /**
     * Returns how many models were asked.
     *
     * @return the number of models, at least 1
     */
    public int attempts() {
        return rejected.attempts();
    }
}

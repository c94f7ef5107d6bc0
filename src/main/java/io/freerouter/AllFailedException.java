package io.freerouter;

import io.freerouter.failure.Attempt;
import java.util.List;

/** Every model that was asked failed. */
public final class AllFailedException extends FreeRouterException {
    private static final long serialVersionUID = 1L;

    private final transient List<Attempt> attempts;

    AllFailedException(List<Attempt> attempts, Told told) {
        super(told.message(), told);
        this.attempts = attempts;
    }

    /**
     * Who was asked, and why they gave no answer.
     *
     * @return all attempts, in the order asked; never empty
     */
    public List<Attempt> attempts() {
        return attempts;
    }
}

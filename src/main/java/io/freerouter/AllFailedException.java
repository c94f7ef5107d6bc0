package io.freerouter;

import io.freerouter.failure.FailedAttempt;
import java.util.List;

/** Every model that was asked failed. */
public final class AllFailedException extends FreeRouterException {
    private static final long serialVersionUID = 1L;

    private final transient List<FailedAttempt> attempts;

    AllFailedException(List<FailedAttempt> attempts, Reply reply) {
        super(reply);
        this.attempts = attempts;
    }

    /**
     * Returns which models were asked, and why each gave no answer.
     *
     * @return the attempts in their order; never empty
     */
    public List<FailedAttempt> attempts() {
        return attempts;
    }
}

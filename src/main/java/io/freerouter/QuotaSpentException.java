package io.freerouter;

import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal.QuotaSpent;
import java.time.Instant;
import java.util.OptionalLong;

/** The account's requests of this minute or of this day are used up. */
public final class QuotaSpentException extends FreeRouterException {
    private static final long serialVersionUID = 1L;

    private final transient QuotaSpent spent;

    QuotaSpentException(QuotaSpent spent, Reply reply) {
        super(reply);
        this.spent = spent;
    }

    /**
     * Returns which quota is used up.
     *
     * @return the minute or the day
     */
    public QuotaWindow window() {
        return spent.window();
    }

    /**
     * Returns how many requests the account may make in that time.
     *
     * @return the limit; empty if it is not known
     */
    public OptionalLong limit() {
        return spent.limit();
    }

    /**
     * Returns when the account may make requests again.
     *
     * @return the moment
     */
    public Instant resetsAt() {
        return spent.resetsAt();
    }
}

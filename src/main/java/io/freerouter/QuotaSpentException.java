package io.freerouter;

import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal.QuotaSpent;
import java.time.Instant;
import java.util.OptionalLong;

/** The account has had all the requests that it may make for now. */
public final class QuotaSpentException extends FreeRouterException {
    private static final long serialVersionUID = 1L;

    private final transient QuotaSpent spent;

    QuotaSpentException(QuotaSpent spent, Told told) {
        super(told.message(), told);
        this.spent = spent;
    }

    /**
     * In which time they were made.
     *
     * @return the minute or the day
     */
    public QuotaWindow window() {
        return spent.window();
    }

    /**
     * How many it may make in that time.
     *
     * @return empty if that is not known
     */
    public OptionalLong limit() {
        return spent.limit();
    }

    /**
     * When there will be more.
     *
     * @return the moment from which on it is worth asking again
     */
    public Instant resetsAt() {
        return spent.resetsAt();
    }
}

package io.freerouter.failure;

import java.math.BigDecimal;
import java.util.Optional;

/** How a failed attempt travels through a {@code Uni} or {@code Multi}. Has no stack trace: it is news, not a bug. */
public final class AttemptFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final transient Optional<BigDecimal> charge;

    /** @param failure what went wrong, at no cost */
    public AttemptFailed(Failure failure) {
        this(failure, Optional.empty());
    }

    /**
     * @param failure what went wrong
     * @param charge what was charged for it all the same, in credits
     */
    public AttemptFailed(Failure failure, Optional<BigDecimal> charge) {
        super(failure.cause(), null, false, false);
        this.failure = failure;
        this.charge = charge;
    }

    /** The same with another reason. */
    public AttemptFailed because(Failure other) {
        return new AttemptFailed(other, charge);
    }

    /** What went wrong. */
    public Failure failure() {
        return failure;
    }

    /** What was charged, in credits. */
    public Optional<BigDecimal> charge() {
        return charge;
    }
}

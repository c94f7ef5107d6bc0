package io.freerouter.failure;

import java.math.BigDecimal;
import java.util.Optional;

/** Carries a failed attempt through a {@code Uni} or {@code Multi}. Has no stack trace, because it is not a bug. */
public final class AttemptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final transient Optional<BigDecimal> charge;

    /** @param failure what went wrong, at no cost */
    public AttemptException(Failure failure) {
        this(failure, Optional.empty());
    }

    /**
     * @param failure what went wrong
     * @param charge what the upstream charged nevertheless, in credits
     */
    public AttemptException(Failure failure, Optional<BigDecimal> charge) {
        super(failure.cause(), null, false, false);
        this.failure = failure;
        this.charge = charge;
    }

    /** The same charge with another failure. */
    public AttemptException because(Failure other) {
        return new AttemptException(other, charge);
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

package io.freerouter.routing;

import java.time.Duration;
import java.util.Optional;

/**
 * The limits of one request's attempts. All times are above zero.
 *
 * @param maxAttempts how many models may be asked for one request, at least 1
 * @param firstToken how long one attempt of a stream may take to its first token
 * @param total how long one attempt may take to its answer: a whole one, or the first token of a stream
 * @param idle how long a stream may pause between two events once it has begun
 * @param minHedgeDelay how long an attempt may stay silent in any case before one more is started; may be zero
 */
public record RaceRules(int maxAttempts, Duration firstToken, Duration total, Duration idle, Duration minHedgeDelay) {
    private static final long LONGER_THAN_USUAL = 2;

    public RaceRules {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("At least one attempt is needed, but got " + maxAttempts);
        }
        requirePositive("first token", firstToken);
        requirePositive("total", total);
        requirePositive("idle", idle);
    }

    /** How long an attempt may take until it has an answer to show. */
    public Duration toAnswer(boolean stream) {
        return stream && firstToken.compareTo(total) < 0 ? firstToken : total;
    }

    /**
     * How long an attempt may stay silent before one more is started: twice as long as its model usually takes, with the
     * configured delay as the start and as the bound. Without the factor every tenth attempt of a healthy pool would cost
     * a second one by definition. A delay of zero is a race and stays one.
     *
     * @param usual how long nine of ten of the model's attempts took lately; empty if too few were seen
     */
    public Duration hedgeDelay(Duration configured, Optional<Duration> usual) {
        return usual.map(time -> time.multipliedBy(LONGER_THAN_USUAL))
                .map(time -> time.compareTo(minHedgeDelay) < 0 ? minHedgeDelay : time)
                .filter(time -> time.compareTo(configured) < 0)
                .orElse(configured);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("The " + name + " timeout must be above zero, but was " + duration);
        }
    }
}

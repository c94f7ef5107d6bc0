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
 * @param deadline how long the whole request may take until its answer begins, whatever number of models is asked
 */
public record RaceRules(
        int maxAttempts,
        Duration firstToken,
        Duration total,
        Duration idle,
        Duration minHedgeDelay,
        Duration deadline) {
    /** Node's fetch gives up after 300 seconds without a response's head; a caller should hear our reason before that. */
    public static final Duration DEADLINE = Duration.ofSeconds(280);

    private static final long LONGER_THAN_USUAL = 2;

    public RaceRules {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("At least one attempt is needed, but got " + maxAttempts);
        }
        requirePositive("first token", firstToken);
        requirePositive("total", total);
        requirePositive("idle", idle);
        requirePositive("request", deadline);
    }

    /** Rules with the standard deadline, or a later one if a single attempt may take longer. */
    public RaceRules(int maxAttempts, Duration firstToken, Duration total, Duration idle, Duration minHedgeDelay) {
        this(maxAttempts, firstToken, total, idle, minHedgeDelay, total.compareTo(DEADLINE) > 0 ? total : DEADLINE);
    }

    /** The same rules with another number of models. */
    public RaceRules withMaxAttempts(int other) {
        return new RaceRules(other, firstToken, total, idle, minHedgeDelay, deadline);
    }

    /** The same rules with another deadline. */
    public RaceRules withDeadline(Duration other) {
        return new RaceRules(maxAttempts, firstToken, total, idle, minHedgeDelay, other);
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

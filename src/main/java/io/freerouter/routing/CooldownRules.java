package io.freerouter.routing;

import io.freerouter.failure.Failure;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a model cools down after a failure. Zero means not at all.
 *
 * @param standard after a failure for which the upstream names no time
 * @param timeout after an attempt that got no answer in time
 * @param unsuited after a request that the model could not serve, for requests with the same needs
 * @param max the longest cooldown, however often the model fails, unless the first cooldown is longer; above zero
 */
public record CooldownRules(Duration standard, Duration timeout, Duration unsuited, Duration max) {
    /** Stands for "until the catalog is read again": longer than any time that an upstream may name. */
    static final Duration GONE = Duration.ofDays(7);

    private static final double JITTER = 0.1;

    public CooldownRules {
        requireNotNegative("standard", standard);
        requireNotNegative("timeout", timeout);
        requireNotNegative("unsuited", unsuited);
        if (max.isZero() || max.isNegative()) {
            throw new IllegalArgumentException("The longest cooldown must be above zero, but was " + max);
        }
    }

    /** How long a model cools down after its first failure in a row. */
    Duration first(Failure failure, Instant now) {
        return switch (failure.cooldown()) {
            case NOTHING -> Duration.ZERO;
            case MODEL_UNTIL_CATALOG -> GONE;
            case MODEL_BRIEFLY -> named(failure, timeout, now);
            case MODEL, MODEL_AND_PROVIDER -> named(failure, standard, now);
            case MODEL_LONG -> named(failure, max, now);
            case PRIVATE_REQUESTS, SUCH_REQUESTS, SUCH_LONG_REQUESTS, SUCH_LONG_ANSWERS ->
                named(failure, unsuited, now);
        };
    }

    private static Duration named(Failure failure, Duration otherwise, Instant now) {
        return failure.retryAt()
                .filter(now::isBefore)
                .map(until -> Duration.between(now, until))
                .orElse(otherwise);
    }

    /**
     * How long a model cools down after several failures in a row: each time twice as long, with a tenth of jitter so that models
     * that failed together do not come back together. The first cooldown is exact, and no later one is shorter.
     *
     * @param first the length of the first cooldown
     * @param failures how many failures in a row, at least 1
     * @param random from 0 to 1
     */
    Duration lengthened(Duration first, int failures, double random) {
        if (failures == 1) {
            return first;
        }
        double jitter = 1 - JITTER + 2 * JITTER * random;
        double millis = first.toMillis() * Math.pow(2, failures - 1) * jitter;
        Duration longer = Duration.ofMillis(Math.round(Math.min(millis, max.toMillis())));
        return longer.compareTo(first) > 0 ? longer : first;
    }

    private static void requireNotNegative(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("The " + name + " cooldown must not be negative, but was " + duration);
        }
    }
}

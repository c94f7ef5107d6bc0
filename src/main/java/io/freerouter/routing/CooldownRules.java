package io.freerouter.routing;

import io.freerouter.failure.Failure;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a failed model rests. Zero is for not at all.
 *
 * @param standard how long when the upstream names no time of its own
 * @param timeout how long after nothing came in time
 * @param unsuited how long for requests like one that the model could not do
 * @param max how long at most, however often it fails, unless the first rest is longer already; above zero
 */
public record CooldownRules(Duration standard, Duration timeout, Duration unsuited, Duration max) {
    /** Stands for "until the catalog is read again": longer than anything an upstream may say. */
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

    /** How long a model rests that failed just now, for the first time. */
    Duration first(Failure failure, Instant now) {
        return switch (failure.kind().rests()) {
            case NOTHING -> Duration.ZERO;
            case MODEL_UNTIL_CATALOG -> GONE;
            case MODEL_BRIEFLY -> said(failure, timeout, now);
            case MODEL, MODEL_AND_PROVIDER -> said(failure, standard, now);
            case MODEL_LONG -> said(failure, max, now);
            case PRIVATE_REQUESTS, SUCH_REQUESTS, SUCH_LONG_REQUESTS -> said(failure, unsuited, now);
        };
    }

    private static Duration said(Failure failure, Duration otherwise, Instant now) {
        return failure.restUntil()
                .filter(now::isBefore)
                .map(until -> Duration.between(now, until))
                .orElse(otherwise);
    }

    /**
     * How long it rests when it has failed several times in a row: twice as long each time, give or take a tenth, so that
     * models that failed together do not come back together. The first rest is exact; none is shorter.
     *
     * @param first how long for the first time
     * @param failures how often in a row, at least 1
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

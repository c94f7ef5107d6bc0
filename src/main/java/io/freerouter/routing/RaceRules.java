package io.freerouter.routing;

import java.time.Duration;

/**
 * The limits of one request's attempts. All times are above zero.
 *
 * @param maxAttempts how many models may be asked for one request, at least 1
 * @param firstToken how long one attempt of a stream may take to its first token
 * @param total how long one attempt may take to its answer: a whole one, or the first token of a stream
 * @param idle how long a stream may pause between two events once it has begun
 */
public record RaceRules(int maxAttempts, Duration firstToken, Duration total, Duration idle) {
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

    private static void requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("The " + name + " timeout must be above zero, but was " + duration);
        }
    }
}

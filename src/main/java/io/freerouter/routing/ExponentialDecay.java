package io.freerouter.routing;

import java.time.Duration;
import java.time.Instant;

/** Lets observations lose half of their weight with each half-life. */
final class ExponentialDecay {
    private static final double NANOS = 1e9;

    /** After so many half-lives an observation counts for next to nothing. */
    private static final int LAST = 6;

    private ExponentialDecay() {}

    /** Whether an observation still counts for something. */
    static boolean counts(Duration halfLife, Instant seen, Instant now) {
        return seen.plus(halfLife.multipliedBy(LAST)).isAfter(now);
    }

    /** The earlier of two moments: an observation from the future, after the clock went back, counts as one of now. */
    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** The weight of an observation at {@code now}: from 1 down to 0; 1 if the clock went back. */
    static double weight(Duration halfLife, Instant seen, Instant now) {
        double age = now.getEpochSecond() - (double) seen.getEpochSecond() + (now.getNano() - seen.getNano()) / NANOS;
        return age <= 0 ? 1 : Math.pow(0.5, age / (halfLife.getSeconds() + halfLife.getNano() / NANOS));
    }
}

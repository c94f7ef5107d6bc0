package io.freerouter.routing;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast what was seen loses its weight.
 *
 * @param time after which half of the weight is left
 */
record HalfLife(Duration time) {
    private static final double NANOS = 1e9;

    HalfLife {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("A half-life must be above zero, but was " + time);
        }
    }

    /** The weight of what was seen at one moment at a later one: 1 at first; 1, too, should the clock have gone back. */
    double weight(Instant seen, Instant now) {
        double age = seconds(Duration.between(seen, now));
        return age <= 0 ? 1 : Math.pow(0.5, age / seconds(time));
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS;
    }
}

package io.freerouter.routing;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * What is meant by a time that never ends, such as that of {@link ChronoUnit#FOREVER}: a hundred years, which, unlike it, can
 * be added to a moment, multiplied and counted in nanoseconds.
 */
public final class Forever {
    /** Longer than anybody waits. */
    public static final Duration TIME = Duration.ofDays(36_525);

    private Forever() {}

    /** A time as it is set, but no longer than for ever. */
    public static Duration atMost(Duration time) {
        return time.compareTo(TIME) < 0 ? time : TIME;
    }
}

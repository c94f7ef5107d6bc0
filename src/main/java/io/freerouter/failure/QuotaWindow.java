package io.freerouter.failure;

import java.time.Duration;
import java.time.Instant;

/** The windows of time in which OpenRouter limits an account's requests to free models. */
public enum QuotaWindow {
    /** A minute. */
    MINUTE(Duration.ofMinutes(1)),
    /** A day from midnight to midnight, UTC. */
    DAY(Duration.ofDays(1));

    private final Duration length;

    QuotaWindow(Duration length) {
        this.length = length;
    }

    /** The end of the window that a moment is in. OpenRouter's minutes and days are those of the clock, UTC. */
    public Instant endAfter(Instant moment) {
        long begun = Math.floorDiv(moment.getEpochSecond(), length.toSeconds());
        return Instant.ofEpochSecond((begun + 1) * length.toSeconds());
    }
}

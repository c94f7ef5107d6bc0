package io.freerouter.routing;

import java.time.Duration;

/**
 * How eagerly models are asked for one request. Width 1 is plain fallback; a delay of zero is a race for the first token;
 * anything between is a hedge.
 *
 * @param width how many attempts may be under way at once, at least 1
 * @param streamDelay how long a running attempt of a stream may stay silent before one more is started
 * @param wholeDelay the same for a whole answer, whose silence says less
 */
public record Pace(int width, Duration streamDelay, Duration wholeDelay) {
    public Pace {
        if (width < 1) {
            throw new IllegalArgumentException("A race needs a width of at least 1, but got " + width);
        }
        if (streamDelay.isNegative() || wholeDelay.isNegative()) {
            throw new IllegalArgumentException("A hedge delay must not be negative");
        }
    }

    /** The same delays, with another width. */
    public Pace withWidth(int other) {
        return new Pace(other, streamDelay, wholeDelay);
    }

    /** How long an attempt may stay silent before one more is started. */
    public Duration hedgeDelay(boolean stream) {
        return stream ? streamDelay : wholeDelay;
    }
}

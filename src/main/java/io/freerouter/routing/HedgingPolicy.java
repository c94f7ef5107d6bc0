package io.freerouter.routing;

import java.time.Duration;

/**
 * How eagerly models are asked for one request. A width of 1 is fallback, a delay of zero is a race for the first token, and
 * everything between is a hedge.
 *
 * @param width how many attempts may run at once, at least 1
 * @param streamDelay how long an attempt may stay without a first token before one more attempt starts
 * @param wholeDelay the same for a whole answer, which takes longer
 */
public record HedgingPolicy(int width, Duration streamDelay, Duration wholeDelay) {
    public HedgingPolicy {
        if (width < 1) {
            throw new IllegalArgumentException("A race needs a width of at least 1, but got " + width);
        }
        if (streamDelay.isNegative() || wholeDelay.isNegative()) {
            throw new IllegalArgumentException("A hedge delay must not be negative");
        }
    }

    /** The same delays with another width. */
    public HedgingPolicy withWidth(int other) {
        return new HedgingPolicy(other, streamDelay, wholeDelay);
    }

    /** How long an attempt may stay silent before one more attempt starts. */
    public Duration hedgeDelay(boolean stream) {
        return stream ? streamDelay : wholeDelay;
    }

    /**
     * How far a request may choose its own hedging.
     *
     * @param standard the policy of a request that does not ask for another
     * @param maxWidth the greatest width that a request may ask for; raised to the width of {@code standard} if it is less
     */
    public record Limits(HedgingPolicy standard, int maxWidth) {
        public Limits {
            maxWidth = Math.max(maxWidth, standard.width());
        }

        /** The wanted policy, with its width lowered to the greatest width if it is more. */
        public HedgingPolicy within(HedgingPolicy wanted) {
            return wanted.width() > maxWidth ? wanted.withWidth(maxWidth) : wanted;
        }
    }
}

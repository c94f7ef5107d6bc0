package io.freerouter.routing;

/**
 * At which pace requests go.
 *
 * @param standard for a request that says nothing of it
 * @param maxWidth the greatest width a request may ask for; never less than the standard's
 */
public record PaceRules(Pace standard, int maxWidth) {
    public PaceRules {
        maxWidth = Math.max(maxWidth, standard.width());
    }

    /** The pace with no more than the greatest width. */
    public Pace within(Pace wanted) {
        return wanted.width() > maxWidth ? wanted.withWidth(maxWidth) : wanted;
    }
}

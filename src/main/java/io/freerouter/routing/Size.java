package io.freerouter.routing;

/**
 * How long a request is, and how long an answer it asks for.
 *
 * @param bytes the length of its body, 0 if unknown
 * @param promptTokens about how many tokens a model reads, rather too few than too many, 0 if unknown
 * @param outputTokens how many tokens it wants to be answered with at most, 0 if it does not say
 */
public record Size(long bytes, long promptTokens, long outputTokens) {
    /** Nothing is known. */
    public static final Size UNKNOWN = new Size(0, 0, 0);

    public Size {
        if (bytes < 0 || promptTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException("A request's size must not be negative; use 0 for unknown");
        }
    }

    /** About how many tokens prompt and answer have together. */
    public long tokens() {
        return promptTokens + outputTokens;
    }
}

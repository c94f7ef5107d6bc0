package io.freerouter.routing;

import io.freerouter.catalog.Model;

/**
 * How long a request is, and how long an answer it asks for.
 *
 * @param bytes the length of its body, 0 if unknown
 * @param promptTokens about how many tokens a model reads, rather too few than too many, 0 if unknown
 * @param outputTokens how many tokens it wants to be answered with at most, 0 if it does not say
 * @param leastOutput how many of these a model has to be able to give: all, or fewer where they are a mere ceiling
 */
public record Size(long bytes, long promptTokens, long outputTokens, long leastOutput) {
    /** Nothing is known. */
    public static final Size UNKNOWN = new Size(0, 0, 0);

    public Size {
        if (bytes < 0 || promptTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException("A request's size must not be negative; use 0 for unknown");
        }
        if (leastOutput < 0 || leastOutput > outputTokens) {
            throw new IllegalArgumentException("The least output must be from 0 to " + outputTokens);
        }
    }

    /** A request that wants all of the answer that it asks for. */
    public Size(long bytes, long promptTokens, long outputTokens) {
        this(bytes, promptTokens, outputTokens, outputTokens);
    }

    /** About how many tokens prompt and answer have together, at least. */
    public long tokens() {
        return promptTokens + leastOutput;
    }

    /** How many tokens the answer of this model may have: what is asked for, or less if that is a ceiling and it has less. */
    public long outputOf(Model model) {
        long most = Math.min(orAny(model.maxOutput()), orAny(model.contextLength()) - promptTokens);
        return Math.max(leastOutput, Math.min(outputTokens, most));
    }

    private static long orAny(long limit) {
        return limit == 0 ? Long.MAX_VALUE : limit;
    }
}

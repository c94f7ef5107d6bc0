package io.freerouter.routing;

import io.freerouter.catalog.Model;
import java.util.OptionalLong;

/**
 * How long a request is, and how long an answer it allows.
 *
 * @param bytes the length of its body, 0 if unknown
 * @param promptTokens about how many tokens a model reads, rather too few than too many, 0 if unknown
 * @param outputTokens how many tokens the answer may have at most, 0 if the request does not say. It is a ceiling, not a need:
 *     agents send the largest number that their own model knows, and the limit is lowered for a model that gives less
 */
public record RequestSize(long bytes, long promptTokens, long outputTokens) {
    /** A context must have room for so many tokens of an answer, if the request allows as many. */
    private static final long LEAST_OUTPUT = 256;

    /** How many times longer than estimated a prompt may be. */
    private static final int UNDERESTIMATED = 2;

    /** Texts have about four bytes a token. Of what is attached, pages of text have the most tokens for their bytes. */
    private static final int BYTES_OF_AN_ATTACHED_TOKEN = 16;

    public RequestSize {
        if (bytes < 0 || promptTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException("A request's size must not be negative; use 0 for unknown");
        }
    }

    /** How many tokens the context of a model must have, at least: the prompt and a very short answer. */
    public long tokens() {
        return promptTokens + leastOutput();
    }

    /**
     * Whether the prompt may be too long for a context, although it is estimated to be shorter: code and most languages take more
     * tokens than estimated, and so does what is attached. True if nothing is known of the request.
     *
     * @param context a number of tokens
     */
    public boolean mayExceed(long context) {
        if (bytes == 0 && promptTokens == 0) {
            return true;
        }
        long most =
                promptTokens == 0 ? bytes : Math.max(UNDERESTIMATED * promptTokens, bytes / BYTES_OF_AN_ATTACHED_TOKEN);
        return most >= context;
    }

    private long leastOutput() {
        return Math.min(outputTokens, LEAST_OUTPUT);
    }

    /**
     * How many tokens an answer of this model may have beside the prompt, whatever the request allows: at least 1, and
     * {@link Long#MAX_VALUE} if nothing is known. If the prompt seems to fill the context, a very short answer is still allowed,
     * because the prompt's length is an estimate.
     *
     * @param named the limit that the model named in a refusal, see {@link ModelStatistics.OutputLimits}
     */
    public long outputOf(Model model, OptionalLong named) {
        long most = Math.min(orAny(model.maxOutput()), named.orElse(Long.MAX_VALUE));
        long context = model.contextLength();
        long room = context == 0 ? Long.MAX_VALUE : Math.max(leastOutput(), context - promptTokens);
        return Math.max(1, Math.min(most, room));
    }

    /** A limit of 0 is unknown. */
    private static long orAny(long limit) {
        return limit == 0 ? Long.MAX_VALUE : limit;
    }
}

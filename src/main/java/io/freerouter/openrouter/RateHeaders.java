package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * The {@code X-RateLimit-*} headers, which OpenRouter sends of its own limits only (<a
 * href="https://openrouter.ai/docs/api-reference/limits">limits</a>): with the response, in the error, or in both.
 *
 * @param error what they came with
 */
record RateHeaders(UpstreamError error) {
    /** How many requests the limit allows; 0 if they do not say. */
    long limit() {
        return error.header("X-RateLimit-Limit")
                .map(value -> Decimals.count(TextNode.valueOf(value)))
                .orElse(0L);
    }

    /** Whether they speak of a limit of which nothing is left. */
    boolean showUsedUp() {
        return limit() > 0
                && error.header("X-RateLimit-Remaining")
                        .flatMap(Decimals::read)
                        .filter(left -> left.compareTo(BigDecimal.ZERO) > 0)
                        .isEmpty();
    }

    /** When there will be more; empty if they do not say, or say a moment that is past. */
    Optional<Instant> reset(Instant now) {
        return new RestTime(now).readReset(error);
    }
}

package io.freerouter.engine;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What an answer tells beside what it says.
 *
 * @param provider who hosts the model, in OpenRouter's words
 * @param cost what was charged for it in credits, where it says so; zero or less is for nothing
 * @param usable whether the caller can use all of it: every tool call names one of the request's tools and has arguments in
 *     JSON
 */
public record Findings(Optional<String> provider, Optional<BigDecimal> cost, boolean usable) {
    /** Nothing in particular. */
    public static final Findings NONE = new Findings(Optional.empty(), Optional.empty(), true);

    /** What was charged, if anything was. */
    public Optional<BigDecimal> charge() {
        return cost.filter(amount -> amount.signum() > 0);
    }
}

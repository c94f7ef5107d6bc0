package io.freerouter.engine;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What an answer reveals besides its content.
 *
 * @param provider who hosts the model, in OpenRouter's words
 * @param cost what was charged for it, in credits; empty if the answer does not say; zero or less means nothing
 * @param usable whether the caller can use all of it: every tool call names one of the request's tools and has arguments in
 *     JSON
 * @param skipped how many malformed events of its stream were left out
 * @param usage how many tokens it took; empty if the upstream does not say
 * @param finishReasons why the model stopped, for each of the answers, in the upstream's words; empty if it does not say
 * @param repaired whether the arguments of a tool call were repaired
 * @param rescued whether its tool calls were made of a text that contained them
 */
public record AnswerMetadata(
        Optional<String> provider,
        Optional<BigDecimal> cost,
        boolean usable,
        int skipped,
        Optional<Usage> usage,
        List<String> finishReasons,
        boolean repaired,
        boolean rescued) {
    /** No metadata. */
    public static final AnswerMetadata NONE = new AnswerMetadata(Optional.empty(), Optional.empty(), true);

    /** The metadata of an answer without malformed events. */
    public AnswerMetadata(Optional<String> provider, Optional<BigDecimal> cost, boolean usable) {
        this(provider, cost, usable, 0);
    }

    /** The metadata of an answer that does not say how many tokens it took. */
    public AnswerMetadata(Optional<String> provider, Optional<BigDecimal> cost, boolean usable, int skipped) {
        this(provider, cost, usable, skipped, Optional.empty());
    }

    /** The metadata of an answer that does not say why the model stopped. */
    public AnswerMetadata(
            Optional<String> provider, Optional<BigDecimal> cost, boolean usable, int skipped, Optional<Usage> usage) {
        this(provider, cost, usable, skipped, usage, List.of());
    }

    /** The metadata of an answer without a repair. */
    public AnswerMetadata(
            Optional<String> provider,
            Optional<BigDecimal> cost,
            boolean usable,
            int skipped,
            Optional<Usage> usage,
            List<String> finishReasons) {
        this(provider, cost, usable, skipped, usage, finishReasons, false, false);
    }

    /** What was charged, if anything was. */
    public Optional<BigDecimal> charge() {
        return cost.filter(amount -> amount.signum() > 0);
    }
}

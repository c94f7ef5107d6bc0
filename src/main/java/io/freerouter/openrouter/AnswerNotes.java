package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.engine.Findings;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/**
 * What is noted of one answer while it comes: who hosts the model, what it cost and whether its tool calls can be used;
 * from the members that OpenRouter adds to <a href="https://openrouter.ai/docs/api-reference/overview">responses</a>. Safe
 * to use from any thread.
 */
final class AnswerNotes {
    private final Set<String> tools;
    private final ToolCalls calls = new ToolCalls();
    private Optional<String> provider = Optional.empty();
    private Optional<BigDecimal> cost = Optional.empty();
    private boolean usable = true;

    /** @param tools the names of the tools that may be called; if there are none, any may */
    AnswerNotes(Set<String> tools) {
        this.tools = tools;
    }

    /** Notes a chunk, or a whole answer. */
    synchronized void add(JsonNode answer) {
        provider = ProviderName.read(answer.path("provider")).or(() -> provider);
        cost = Decimals.amount(answer.path("usage").path("cost")).or(() -> cost);
        calls.add(answer.path("choices"));
    }

    /** The answer is whole: now its tool calls can be judged. */
    synchronized void finish() {
        usable = calls.areUsable(tools);
    }

    /** What is known by now. */
    synchronized Findings findings() {
        return new Findings(provider, cost, usable);
    }
}

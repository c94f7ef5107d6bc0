package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.engine.Findings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is noted of one answer while it comes: who hosts the model, what it cost and whether its tool calls can be used;
 * from the members that OpenRouter adds to <a href="https://openrouter.ai/docs/api-reference/overview">responses</a>. Safe
 * to use from any thread.
 */
final class AnswerNotes {
    /** Where a dialect puts the answer as a whole into an event of its stream. */
    private static final List<String> WHOLE = List.of("response", "message");

    private final Grammar grammar;
    private final Set<String> tools;
    private final ToolCalls calls = new ToolCalls();
    private Optional<String> provider = Optional.empty();
    private Optional<BigDecimal> cost = Optional.empty();
    private boolean usable = true;

    /** @param tools the names of the tools that may be called; if there are none, any may */
    AnswerNotes(Grammar grammar, Set<String> tools) {
        this.grammar = grammar;
        this.tools = tools;
    }

    /** Notes a chunk, or a whole answer. */
    synchronized void add(JsonNode answer) {
        note(answer);
        WHOLE.forEach(member -> note(answer.path(member)));
        grammar.calls(answer).forEach(calls::add);
    }

    private void note(JsonNode answer) {
        provider = ProviderName.read(answer.path("provider")).or(() -> provider);
        cost = Decimals.amount(answer.path("usage").path("cost")).or(() -> cost);
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

package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.engine.Completion;
import io.freerouter.engine.Findings;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/**
 * Tells an answer from what only has an answer's status: by OpenRouter's <a
 * href="https://openrouter.ai/docs/api-reference/errors">errors</a> page a 200 may hold an error, or no content at all
 * while a model warms up.
 */
final class CompletionReader {
    private final Grammar grammar;
    private final FailureReader failures;

    CompletionReader(Grammar grammar, FailureReader failures) {
        this.grammar = grammar;
        this.failures = failures;
    }

    /**
     * Checks the body of a plain answer with status 200. White space before the JSON, sent to keep the connection alive,
     * is part of the body.
     *
     * @param tools the names of the tools that may be called; if there are none, any may
     * @throws AttemptFailed if it is not an answer that says something
     */
    Completion read(byte[] body, Set<String> tools, Instant now) {
        String text = new String(body, StandardCharsets.UTF_8);
        JsonNode answer = Json.object(text).orElseThrow(() -> new AttemptFailed(Failure.of(FailureKind.MALFORMED)));
        Findings findings = findings(answer, tools);
        failures.readInside(grammar, answer, now).ifPresent(failure -> {
            throw new AttemptFailed(failure, findings.charge());
        });
        if (!grammar.speaks(answer)) {
            throw new AttemptFailed(Failure.of(FailureKind.NO_ANSWER), findings.charge());
        }
        return new Completion(text, findings);
    }

    private Findings findings(JsonNode answer, Set<String> tools) {
        AnswerNotes notes = new AnswerNotes(grammar, tools);
        notes.add(answer);
        notes.finish();
        return notes.findings();
    }
}

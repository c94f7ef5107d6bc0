package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.dialect.AnswerFormat;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.Completion;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.error.FailureReader;
import io.freerouter.openrouter.json.ExactJson;
import io.freerouter.openrouter.tools.ToolContract;
import io.freerouter.openrouter.tools.ToolContract.Decision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells an answer from a body that only has an answer's status. By OpenRouter's <a
 * href="https://openrouter.ai/docs/api-reference/errors">errors</a> page a 200 may hold an error, or no content at all
 * while a model warms up.
 */
final class CompletionReader {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final AnswerFormat format;
    private final FailureReader failures;

    private final Optional<ToolContract> contract;

    CompletionReader(AnswerFormat format, FailureReader failures) {
        this(format, failures, Optional.empty());
    }

    /** @param contract what the tool calls are checked against; empty if they are not checked */
    CompletionReader(AnswerFormat format, FailureReader failures, Optional<ToolContract> contract) {
        this.format = format;
        this.failures = failures;
        this.contract = contract;
    }

    /**
     * Checks the body of a plain answer with status 200. White space before the JSON, sent to keep the connection alive,
     * is part of the body. A byte order mark is not.
     *
     * @param tools the names of the tools that may be called; if there are none, any may
     * @return the answer; an empty one if the model ended it properly without a word, and not because of a limit
     * @throws AttemptException if it is not an answer
     */
    Completion read(byte[] body, Set<String> tools, Instant now) {
        String text = withoutMark(new String(body, StandardCharsets.UTF_8));
        JsonNode answer = ExactJson.object(text).orElseThrow(() -> new AttemptException(notAnObject(text, now)));
        AnswerMetadataCollector collector = new AnswerMetadataCollector(format, tools);
        collector.add(answer);
        collector.finish();
        AnswerMetadata metadata = collector.metadata();
        failures.inside(answer, format.errors(answer), format.failsSilently(answer), now)
                .ifPresent(failure -> {
                    throw new AttemptException(failure, metadata.charge());
                });
        Optional<Completion> rescued = contract.flatMap(terms -> rescued(terms, answer, collector, now));
        if (rescued.isPresent()) {
            return rescued.get();
        }
        Optional<ToolContract.Check> check = contract.flatMap(terms -> check(terms, answer, collector));
        if (check.isPresent() && check.get().decision() != Decision.HAND_ON) {
            return repaired(answer, check.get(), collector);
        }
        return new Completion(text, metadata, !format.speaks(answer) && isEmpty(answer, metadata));
    }

    private Optional<ToolContract.Check> check(ToolContract terms, JsonNode answer, AnswerMetadataCollector collector) {
        AnswerProgress progress = new AnswerProgress(format, 1);
        progress.add(answer);
        return collector.calls().map(calls -> terms.check(calls, collector.reasons(), progress.isAtLimit()));
    }

    /** The answer with calls in place of a text that contains them; empty if there is no such text. */
    private Optional<Completion> rescued(
            ToolContract terms, JsonNode answer, AnswerMetadataCollector collector, Instant now) {
        AnswerProgress progress = new AnswerProgress(format, 1);
        progress.add(answer);
        if (progress.isAtLimit() || !collector.calls().map(List::isEmpty).orElse(false)) {
            return Optional.empty();
        }
        return terms.text(answer).flatMap(text -> terms.rescue(text, 0, now)).map(calls -> {
            collector.rescued();
            collector.finish();
            String json = new String(terms.rewrite((ObjectNode) answer, calls), StandardCharsets.UTF_8);
            return new Completion(json, collector.metadata(), false);
        });
    }

    /** The caller has seen nothing yet, so another model is asked where a repair would only be a guess. */
    private Completion repaired(JsonNode answer, ToolContract.Check check, AnswerMetadataCollector collector) {
        if (check.decision() != Decision.REPAIR) {
            throw new AttemptException(
                    Failure.of(FailureKind.UNSOUND_CALLS), collector.metadata().charge());
        }
        collector.checked(true, true);
        collector.finish();
        byte[] json = contract.orElseThrow().repairer(check).repair((ObjectNode) answer);
        return new Completion(new String(json, StandardCharsets.UTF_8), collector.metadata(), false);
    }

    /**
     * Whether a body that broke off is whole all the same: an answer with its reason to finish, or an error.
     *
     * @param body the bytes that came
     */
    boolean isWhole(byte[] body, Instant now) {
        String text = withoutMark(new String(body, StandardCharsets.UTF_8));
        JsonNode answer = ExactJson.tree(text);
        if (!answer.isObject()) {
            return notAnObject(text, now).kind() != FailureKind.MALFORMED;
        }
        AnswerProgress progress = new AnswerProgress(format, 1);
        progress.add(answer);
        return progress.isEnded()
                || failures.inside(answer, format.errors(answer), format.failsSilently(answer), now)
                        .isPresent();
    }

    /** What is no object is malformed, unless it is a known error in a list or in plain words. Half an object is no such words. */
    private Failure notAnObject(String text, Instant now) {
        Failure error = failures.error(text, now);
        boolean known = error.status().isPresent() && !text.stripLeading().startsWith("{");
        return known ? error : Failure.of(FailureKind.MALFORMED);
    }

    /** Whether an answer without a word is empty; otherwise a limit left no room for any. */
    private boolean isEmpty(JsonNode answer, AnswerMetadata metadata) {
        AnswerProgress progress = new AnswerProgress(format, 1);
        progress.add(answer);
        if (!progress.isEnded()) {
            throw new AttemptException(Failure.of(FailureKind.NO_ANSWER), metadata.charge());
        }
        return !progress.isAtLimit();
    }

    private static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}

package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.dialect.AnswerFormat;
import io.freerouter.dialect.CallRescue.EventRewriter;
import io.freerouter.dialect.CallRescue.Rescued;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.error.FailureReader;
import io.freerouter.openrouter.json.ExactJson;
import io.freerouter.openrouter.tools.ToolContract;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Reads the events of one answer's stream, and keeps what they say of it. Not for use by several threads at once. */
final class AnswerEventReader {
    /** Why an answer stopped that its provider refused: OpenAI's word, and Anthropic's. */
    private static final Set<String> REFUSALS = Set.of("content_filter", "refusal");

    private final AnswerFormat format;
    private final FailureReader failures;
    private final AnswerMetadataCollector collector;
    private final AnswerProgress progress;
    private final int answers;
    private final Optional<ToolContract> contract;
    private boolean spoken;

    /**
     * @param collector gets each chunk that is part of the answer
     * @param answers how many answers the request asks for
     */
    AnswerEventReader(AnswerFormat format, FailureReader failures, AnswerMetadataCollector collector, int answers) {
        this(format, failures, collector, answers, Optional.empty());
    }

    /** @param contract what the tool calls are checked against; empty if they are not checked */
    AnswerEventReader(
            AnswerFormat format,
            FailureReader failures,
            AnswerMetadataCollector collector,
            int answers,
            Optional<ToolContract> contract) {
        this.format = format;
        this.failures = failures;
        this.collector = collector;
        this.progress = new AnswerProgress(format, answers);
        this.answers = answers;
        this.contract = contract;
    }

    /** Classifies one event. A failure in it counts more than whatever else is in it, and is never taken for a malformed chunk. */
    AnswerEvent read(ServerSentEvent event, Instant now) {
        String data = event.data();
        if (event.isError()) {
            return error(event, data, now);
        }
        if (ServerSentEvent.isDone(data)) {
            return format.endsByDone() ? new AnswerEvent.Part(false, true) : failed(FailureKind.BROKEN);
        }
        Optional<String> bare = data.isBlank() ? event.bareJson() : Optional.empty();
        if (data.isBlank() && bare.isEmpty()) {
            return AnswerEvent.Part.SILENT;
        }
        JsonNode json = ExactJson.tree(bare.orElse(data));
        return json.isArray() ? read(event, json.path(0), true, now) : read(event, json, bare.isPresent(), now);
    }

    private static AnswerEvent failed(FailureKind kind) {
        return new AnswerEvent.Failed(Failure.of(kind), false);
    }

    /** An event that is named an error is one, whatever its data are. */
    private AnswerEvent error(ServerSentEvent event, String data, Instant now) {
        JsonNode json = ExactJson.tree(data);
        return failure(json, now)
                .<AnswerEvent>map(failure -> new AnswerEvent.Failed(failure, format.showsError(event.name(), json)))
                .orElseGet(() -> new AnswerEvent.Failed(failures.error(data, now), false));
    }

    /** JSON outside of an event, or in a list, can be an error. As part of an answer no client would see it. */
    private AnswerEvent read(ServerSentEvent event, JsonNode chunk, boolean bare, Instant now) {
        Optional<Failure> failure = failure(chunk, now);
        if (failure.isPresent()) {
            return new AnswerEvent.Failed(failure.get(), !bare && format.showsError(event.name(), chunk));
        }
        return bare || !chunk.isObject() ? new AnswerEvent.Malformed() : part(chunk);
    }

    private Optional<Failure> failure(JsonNode chunk, Instant now) {
        return chunk.isObject()
                ? failures.inside(chunk, format.errors(chunk), format.failsSilently(chunk), now)
                : Optional.empty();
    }

    private AnswerEvent part(JsonNode chunk) {
        collector.add(chunk);
        boolean token = format.speaks(chunk);
        if (token) {
            collector.token();
        }
        if (token && !spoken) {
            spoken = true;
            progress.resume();
        }
        progress.add(chunk);
        boolean call = contract.isPresent() && contract.get().calls(chunk);
        String said = findsCalls() ? contract.get().said(chunk) : "";
        return new AnswerEvent.Part(token, format.ends(chunk), call, said);
    }

    /** Whether calls that were written as text become calls. That is certain only for a single answer. */
    boolean findsCalls() {
        return answers == 1 && contract.isPresent() && contract.get().rescues();
    }

    /** See {@link ToolContract#rescue}. An answer that had to stop at its limit is not complete. */
    Optional<Rescued> rescue(String text, int sent, Instant now) {
        return progress.isAtLimit() ? Optional.empty() : contract.orElseThrow().rescue(text, sent, now);
    }

    /** Puts calls in place of a text, event by event. */
    EventRewriter rewriter(Rescued rescued) {
        collector.rescued();
        return contract.orElseThrow().rewriter(rescued);
    }

    /** Whether tool calls are checked. */
    boolean checksCalls() {
        return contract.isPresent();
    }

    /** Checks the calls of an answer that has come to its end. Empty if they are too long to be checked. */
    Optional<ToolContract.Check> check() {
        return collector.calls().map(calls -> contract.orElseThrow()
                .check(calls, collector.reasons(), progress.isAtLimit()));
    }

    /** Puts the repairs of a check into events. */
    ToolContract.Repairer repairer(ToolContract.Check check) {
        return contract.orElseThrow().repairer(check);
    }

    /** Whether the provider withheld the answer, or a part of it, because of its content. */
    boolean isRefused() {
        return collector.reasons().values().stream().anyMatch(REFUSALS::contains);
    }

    /** See {@link AnswerMetadataCollector#checked}. */
    void checked(boolean canBeUsed, boolean wereRepaired) {
        collector.checked(canBeUsed, wereRepaired);
    }

    /** An event was left out. */
    void skip() {
        collector.skip();
    }

    /** An event came that is only more text. */
    void text() {
        collector.token();
    }

    AnswerProgress progress() {
        return progress;
    }
}

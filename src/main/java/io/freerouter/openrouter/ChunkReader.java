package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what an event of a chat completion's stream means, as told on OpenRouter's <a
 * href="https://openrouter.ai/docs/api-reference/streaming">streaming</a> and <a
 * href="https://openrouter.ai/docs/api-reference/errors">errors</a> pages.
 */
final class ChunkReader {
    private final FailureReader failures;
    private final Consumer<JsonNode> parts;

    /** @param parts told of each chunk that is part of the answer */
    ChunkReader(FailureReader failures, Consumer<JsonNode> parts) {
        this.failures = failures;
        this.parts = parts;
    }

    /** Classifies one event; a failure counts more than whatever else is in it. */
    Chunk read(Event event, Instant now) {
        if (event.data().isBlank()) {
            return Chunk.Part.SILENT;
        }
        if (event.isDone()) {
            return new Chunk.Done();
        }
        return Json.object(event.data())
                .map(chunk -> read(chunk, now))
                .orElseGet(() -> new Chunk.Failed(Failure.of(FailureKind.MALFORMED), false));
    }

    private Chunk read(JsonNode chunk, Instant now) {
        return failures.readInside(chunk, now)
                .<Chunk>map(
                        failure -> new Chunk.Failed(failure, chunk.path("error").isObject()))
                .orElseGet(() -> part(chunk));
    }

    private Chunk part(JsonNode chunk) {
        parts.accept(chunk);
        List<Choice> choices = Choice.of(chunk);
        return new Chunk.Part(
                choices.stream().anyMatch(Choice::speaks), choices.stream().anyMatch(Choice::finished));
    }
}

package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.time.Instant;
import java.util.List;

/**
 * Reads what an event of a chat completion's stream means, as told on OpenRouter's <a
 * href="https://openrouter.ai/docs/api-reference/streaming">streaming</a> and <a
 * href="https://openrouter.ai/docs/api-reference/errors">errors</a> pages.
 */
final class ChunkReader {
    private final FailureReader failures;

    ChunkReader(FailureReader failures) {
        this.failures = failures;
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
                .orElseGet(() -> part(Choice.of(chunk)));
    }

    private static Chunk part(List<Choice> choices) {
        return new Chunk.Part(
                choices.stream().anyMatch(Choice::speaks), choices.stream().anyMatch(Choice::finished));
    }
}

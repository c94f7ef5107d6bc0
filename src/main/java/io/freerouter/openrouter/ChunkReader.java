package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.time.Instant;
import java.util.function.Consumer;

/** Reads what an event of an answer's stream means. */
final class ChunkReader {
    private final Grammar grammar;
    private final FailureReader failures;
    private final Consumer<JsonNode> parts;

    /** @param parts told of each chunk that is part of the answer */
    ChunkReader(Grammar grammar, FailureReader failures, Consumer<JsonNode> parts) {
        this.grammar = grammar;
        this.failures = failures;
        this.parts = parts;
    }

    /** Classifies one event; a failure counts more than whatever else is in it. */
    Chunk read(Event event, Instant now) {
        if (event.data().isBlank()) {
            return Chunk.Part.SILENT;
        }
        if (event.isDone()) {
            return grammar.endsByDone() ? new Chunk.Done() : failed(FailureKind.BROKEN);
        }
        return Json.object(event.data())
                .map(chunk -> read(event, chunk, now))
                .orElseGet(() -> failed(FailureKind.MALFORMED));
    }

    private static Chunk failed(FailureKind kind) {
        return new Chunk.Failed(Failure.of(kind), false);
    }

    private Chunk read(Event event, JsonNode chunk, Instant now) {
        return failures.readInside(grammar, chunk, now)
                .<Chunk>map(failure -> new Chunk.Failed(failure, grammar.showsError(event, chunk)))
                .orElseGet(() -> part(chunk));
    }

    private Chunk part(JsonNode chunk) {
        parts.accept(chunk);
        boolean token = grammar.speaks(chunk);
        return grammar.ends(chunk) ? new Chunk.Done(token) : new Chunk.Part(token, grammar.finishes(chunk));
    }
}

package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/**
 * <a href="https://platform.openai.com/docs/api-reference/embeddings">Embeddings</a>, which are never streamed: all that is of
 * interest is whether each vector is there.
 */
final class EmbeddingsGrammar implements Grammar {
    @Override
    public boolean endsByDone() {
        return false;
    }

    @Override
    public Stream<JsonNode> errors(JsonNode json) {
        return Stream.of(ErrorObject.of(json));
    }

    @Override
    public boolean failsSilently(JsonNode json) {
        return false;
    }

    @Override
    public boolean showsError(Event event, JsonNode json) {
        return false;
    }

    /** A vector is an array of numbers, or a text with their bytes. */
    @Override
    public boolean speaks(JsonNode json) {
        JsonNode data = json.path("data");
        return data.isArray()
                && !data.isEmpty()
                && Grammar.elements(data).allMatch(one -> Grammar.filled(one.path("embedding")));
    }

    @Override
    public boolean finishes(JsonNode json) {
        return false;
    }

    @Override
    public boolean ends(JsonNode json) {
        return false;
    }

    @Override
    public Stream<CallPiece> calls(JsonNode json) {
        return Stream.empty();
    }
}

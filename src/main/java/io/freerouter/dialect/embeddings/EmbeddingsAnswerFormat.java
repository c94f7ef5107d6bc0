package io.freerouter.dialect.embeddings;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.dialect.AnswerFormat;
import java.util.stream.Stream;

/**
 * <a href="https://platform.openai.com/docs/api-reference/embeddings">Embeddings</a>, which are never streamed: all that is of
 * interest is whether each vector is there.
 */
public final class EmbeddingsAnswerFormat implements AnswerFormat {
    @Override
    public Stream<JsonNode> errors(JsonNode json) {
        return Stream.of(json.path("error"));
    }

    /** A vector is an array of numbers, or a text with their bytes. */
    @Override
    public boolean speaks(JsonNode json) {
        JsonNode data = json.path("data");
        return data.isArray()
                && !data.isEmpty()
                && AnswerFormat.elements(data).allMatch(one -> AnswerFormat.filled(one.path("embedding")));
    }

    /** An answer with all its vectors needs no other end. */
    @Override
    public Stream<Ending> endings(JsonNode json) {
        return speaks(json) ? Stream.of(new Ending(0, false, "")) : Stream.empty();
    }
}

package io.freerouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.openrouter.json.ExactJson;

/**
 * A piece of an answer.
 *
 * @param json the piece in the shape of OpenAI's chunks of chat completions, exactly as it came
 */
public record ChatChunk(String json) {
    /**
     * Returns the chunk as a tree, parsed anew by each call. Numbers keep every digit.
     *
     * @return the tree
     */
    public JsonNode tree() {
        return ExactJson.tree(json);
    }

    /**
     * Returns what the model says in this chunk.
     *
     * @return the text of the first choice; often empty
     */
    public String text() {
        return tree().at("/choices/0/delta/content").asText("");
    }
}

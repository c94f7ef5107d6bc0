package io.freerouter;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A piece of an answer.
 *
 * @param json the piece in the shape of OpenAI's chunks of chat completions, exactly as it came
 */
public record ChatChunk(String json) {
    /**
     * The piece as a tree, parsed anew each time. Numbers keep every digit.
     *
     * @return the tree
     */
    public JsonNode tree() {
        return Json.tree(json);
    }

    /**
     * What the model says in it.
     *
     * @return the text of the first choice; often empty
     */
    public String text() {
        return tree().at("/choices/0/delta/content").asText("");
    }
}

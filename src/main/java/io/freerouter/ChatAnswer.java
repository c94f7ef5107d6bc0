package io.freerouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.catalog.ModelId;

/**
 * A whole answer.
 *
 * @param model who gave it
 * @param attempts how many models were asked, this one included
 * @param json the answer in the shape of OpenAI's chat completions, exactly as it came
 */
public record ChatAnswer(ModelId model, int attempts, String json) {
    /**
     * The answer as a tree, parsed anew each time. Numbers keep every digit.
     *
     * @return the tree
     */
    public JsonNode tree() {
        return Json.tree(json);
    }

    /**
     * What the model says.
     *
     * @return the text of the first choice; empty if it says nothing, as when it calls a tool
     */
    public String text() {
        return tree().at("/choices/0/message/content").asText("");
    }
}

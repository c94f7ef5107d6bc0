package io.freerouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.catalog.ModelId;
import io.freerouter.openrouter.json.ExactJson;

/**
 * A whole answer.
 *
 * @param model the model that answered
 * @param attempts how many models were asked, the answering one included
 * @param json the answer in the shape of OpenAI's chat completions, exactly as it came
 */
public record ChatAnswer(ModelId model, int attempts, String json) {
    /**
     * Returns the answer as a tree, parsed anew by each call. Numbers keep every digit.
     *
     * @return the tree
     */
    public JsonNode tree() {
        return ExactJson.tree(json);
    }

    /**
     * Returns what the model says.
     *
     * @return the text of the first choice; empty if it says nothing, as when it calls a tool
     */
    public String text() {
        return tree().at("/choices/0/message/content").asText("");
    }
}

package io.freerouter.request;

import io.freerouter.catalog.Ability;
import io.freerouter.request.free.ToolFilter;
import io.freerouter.request.patch.EditPlan;
import java.util.Map;

/**
 * What has been found in one body so far; each dialect's reader adds to it.
 *
 * @param prompt what the request says to a model
 * @param limits how long the answer may be
 * @param conversation what the caller calls the conversation
 * @param tools what the model may call
 * @param plan what is to change in the body
 */
public record RequestParts(
        PromptSummary prompt, AnswerLimits limits, ConversationKey conversation, ToolFilter tools, EditPlan plan) {
    private static final Map<String, Ability> FORMATS =
            Map.of("json_object", Ability.RESPONSE_FORMAT, "json_schema", Ability.STRUCTURED_OUTPUTS);

    /** Reads an object whose {@code type} tells the form of the answer; anything else asks for nothing. */
    public void readAnswerForm(JsonCursor json) {
        json.readMembers("type", () -> json.text().map(FORMATS::get).ifPresent(prompt::need));
    }

    /** Reads an object whose {@code format} tells the form of the answer. */
    public void readAnswerFormIn(JsonCursor json) {
        json.readMembers("format", () -> readAnswerForm(json));
    }
}

package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * One of the {@code choices} of a chat completion or of a chunk of one.
 *
 * @param json the choice as it came
 */
record Choice(JsonNode json) {
    /** Where a model's words, thoughts, calls and pictures are, by OpenAI's API and OpenRouter's additions to it. */
    private static final List<String> CONTENTS = List.of(
            "content",
            "reasoning",
            "reasoning_content",
            "reasoning_details",
            "tool_calls",
            "refusal",
            "images",
            "audio",
            "function_call");

    private static final String ERROR = "error";
    /** What OpenRouter has been seen to give as {@code native_finish_reason} of an answer that failed silently. */
    private static final Set<String> NATIVE_ERRORS = Set.of(ERROR, "network_error");

    /** The choices of an answer; none if there is no such array. */
    static List<Choice> of(JsonNode answer) {
        return StreamSupport.stream(answer.path("choices").spliterator(), false)
                .map(Choice::new)
                .toList();
    }

    /** The error object in place of the rest of the answer; a missing node if there is none. */
    JsonNode error() {
        return json.path(ERROR);
    }

    /** Whether the model says anything here, in whatever form. */
    boolean speaks() {
        return filled(json.path("text")) || speaks(json.path("delta")) || speaks(json.path("message"));
    }

    /** Whether it ended, and not by an error. */
    boolean finished() {
        return filled(finishReason()) && !failed();
    }

    /** Whether it ended by an error, said plainly or only in the provider's own term. */
    boolean failed() {
        return finishReason().asText().equals(ERROR)
                || NATIVE_ERRORS.contains(json.path("native_finish_reason").asText());
    }

    private JsonNode finishReason() {
        return json.path("finish_reason");
    }

    private static boolean speaks(JsonNode message) {
        return CONTENTS.stream().anyMatch(name -> filled(message.path(name)));
    }

    private static boolean filled(JsonNode value) {
        return value.isTextual() ? !value.textValue().isEmpty() : !value.isEmpty();
    }
}

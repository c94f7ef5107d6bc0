package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Finds the error of an answer, with what some dialects put beside it instead of into it. */
final class ErrorObject {
    private static final List<String> BESIDE = List.of("metadata", "error_type");

    private ErrorObject() {}

    /** What stands in place of the rest of the answer; a missing or null node, or even a text, if it is no such object. */
    static JsonNode of(JsonNode answer) {
        JsonNode error = answer.path("error");
        return error.isObject() ? withWhatIsBeside(((ObjectNode) error).deepCopy(), answer) : error;
    }

    private static JsonNode withWhatIsBeside(ObjectNode error, JsonNode answer) {
        BESIDE.stream()
                .filter(name -> answer.hasNonNull(name) && !error.has(name))
                .forEach(name -> error.set(name, answer.get(name)));
        return error;
    }
}

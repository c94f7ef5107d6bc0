package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads from a request, in any dialect, whether its user would like to see a tool called. */
final class ToolWish {
    private ToolWish() {}

    /** The name of the first tool, if the last message is a user's and mentions tools. */
    static Optional<String> of(JsonObject request) {
        return Stream.of("messages", "input")
                .flatMap(member -> last(request, member).stream())
                .filter(ToolWish::mentionsTools)
                .findFirst()
                .flatMap(message -> firstTool(request));
    }

    private static boolean mentionsTools(JsonObject message) {
        String text = String.valueOf(message.getValue("content")).toLowerCase(Locale.ROOT);
        return "user".equals(message.getValue("role")) && text.contains("tool") && !text.contains("tool_result");
    }

    /** In chat completions the name stands one level deeper than elsewhere. */
    private static Optional<String> firstTool(JsonObject request) {
        return at(request, "tools", 0)
                .map(tool -> tool.getValue("function") instanceof JsonObject function ? function : tool)
                .map(tool -> tool.getValue("name"))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static Optional<JsonObject> last(JsonObject request, String key) {
        int size = request.getValue(key) instanceof JsonArray array ? array.size() : 0;
        return at(request, key, size - 1);
    }

    private static Optional<JsonObject> at(JsonObject request, String key, int index) {
        boolean there = request.getValue(key) instanceof JsonArray array && index >= 0 && index < array.size();
        return there && request.getJsonArray(key).getValue(index) instanceof JsonObject object
                ? Optional.of(object)
                : Optional.empty();
    }
}

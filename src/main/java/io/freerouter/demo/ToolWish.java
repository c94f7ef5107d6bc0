package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/** Reads from a request whether its user would like to see a tool called. */
final class ToolWish {
    private ToolWish() {}

    /** The name of the first tool, if the last message is a user's and mentions tools. */
    static Optional<String> of(JsonObject request) {
        return last(request, "messages").filter(ToolWish::mentionsTools).flatMap(message -> firstTool(request));
    }

    private static boolean mentionsTools(JsonObject message) {
        String text = String.valueOf(message.getValue("content")).toLowerCase(Locale.ROOT);
        return "user".equals(message.getValue("role")) && text.contains("tool");
    }

    private static Optional<String> firstTool(JsonObject request) {
        return at(request, "tools", 0)
                .map(tool -> tool.getValue("function"))
                .filter(JsonObject.class::isInstance)
                .map(function -> ((JsonObject) function).getValue("name"))
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

package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What one chunk adds to a message. Like the original, every delta repeats the role. */
final class Delta {
    private Delta() {}

    static JsonObject text(String text) {
        return new JsonObject().put("role", "assistant").put("content", text);
    }

    static JsonObject reasoning(String text) {
        JsonObject detail = new JsonObject().put("type", "reasoning.text").put("text", text);
        return text("").put("reasoning", text)
                .put(
                        "reasoning_details",
                        new JsonArray().add(detail.put("index", 0).putNull("format")));
    }

    static JsonObject toolCall(int index, String name) {
        JsonObject function = new JsonObject().put("name", name).put("arguments", "");
        return call(new JsonObject().put("index", index).put("id", "call_demo_" + index), function);
    }

    static JsonObject toolArguments(int index, String fragment) {
        return call(new JsonObject().put("index", index), new JsonObject().put("arguments", fragment));
    }

    private static JsonObject call(JsonObject call, JsonObject function) {
        call.put("type", "function").put("function", function);
        return text(null).put("tool_calls", new JsonArray().add(call));
    }
}

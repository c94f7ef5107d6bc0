package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** The message of a chat completion: what a script says, delta by delta, and their sum. */
final class Message {
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final JsonArray toolCalls = new JsonArray();
    private int deltas;

    int deltas() {
        return deltas;
    }

    void add(JsonObject delta) {
        deltas++;
        content.append(text(delta, "content"));
        reasoning.append(text(delta, "reasoning"));
        JsonArray calls = delta.getJsonArray("tool_calls", new JsonArray());
        for (int i = 0; i < calls.size(); i++) {
            addCall(calls.getJsonObject(i));
        }
    }

    private void addCall(JsonObject call) {
        int index = call.getInteger("index");
        if (index == toolCalls.size()) {
            toolCalls.add(call.copy());
            return;
        }
        JsonObject function = toolCalls.getJsonObject(index).getJsonObject("function");
        function.put("arguments", text(function, "arguments") + text(call.getJsonObject("function"), "arguments"));
    }

    JsonObject toJson() {
        JsonObject json = textDelta(content.isEmpty() && !toolCalls.isEmpty() ? null : content.toString());
        if (!reasoning.isEmpty()) {
            json.put("reasoning", reasoning.toString());
        }
        if (!toolCalls.isEmpty()) {
            json.put("tool_calls", toolCalls);
        }
        return json;
    }

    private static String text(JsonObject from, String key) {
        return Objects.requireNonNullElse(from.getString(key), "");
    }

    /** A delta. Like OpenRouter's, each repeats the role. */
    static JsonObject textDelta(String text) {
        return new JsonObject().put("role", "assistant").put("content", text);
    }

    static JsonObject reasoningDelta(String text) {
        JsonObject detail = new JsonObject().put("type", "reasoning.text").put("text", text);
        return textDelta("")
                .put("reasoning", text)
                .put(
                        "reasoning_details",
                        new JsonArray().add(detail.put("index", 0).putNull("format")));
    }

    static JsonObject toolCallDelta(int index, String name) {
        JsonObject function = new JsonObject().put("name", name).put("arguments", "");
        return call(new JsonObject().put("index", index).put("id", "call_demo_" + index), function);
    }

    static JsonObject toolArgumentsDelta(int index, String fragment) {
        return call(new JsonObject().put("index", index), new JsonObject().put("arguments", fragment));
    }

    private static JsonObject call(JsonObject call, JsonObject function) {
        call.put("type", "function").put("function", function);
        return textDelta(null).put("tool_calls", new JsonArray().add(call));
    }
}

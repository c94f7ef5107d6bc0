package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** The sum of an answer's deltas. */
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
        JsonObject json = Delta.text(content.isEmpty() && !toolCalls.isEmpty() ? null : content.toString());
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
}

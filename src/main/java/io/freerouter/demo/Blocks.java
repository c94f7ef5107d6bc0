package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** The JSON that Anthropic's messages are made of. */
final class Blocks {
    private static final String TYPE = "type";

    private Blocks() {}

    static JsonObject text(String text) {
        return new JsonObject().put(TYPE, "text").put("text", text);
    }

    static JsonObject thinking(String thought) {
        return new JsonObject().put(TYPE, "thinking").put("thinking", thought).put("signature", "");
    }

    /** A call of a tool, from that of a chat completion. */
    static JsonObject call(JsonObject call, JsonObject input) {
        return new JsonObject()
                .put(TYPE, "tool_use")
                .put("id", call.getString("id"))
                .put("name", call.getJsonObject("function").getString("name"))
                .put("input", input);
    }

    /** All of a chat completion's message. */
    static JsonArray content(JsonObject message) {
        JsonArray blocks = new JsonArray();
        String thought = message.getString("reasoning", "");
        String text = Objects.requireNonNullElse(message.getString("content"), "");
        if (!thought.isEmpty()) {
            blocks.add(thinking(thought));
        }
        if (!text.isEmpty()) {
            blocks.add(text(text));
        }
        JsonArray calls = message.getJsonArray("tool_calls", new JsonArray());
        for (int i = 0; i < calls.size(); i++) {
            JsonObject call = calls.getJsonObject(i);
            blocks.add(call(call, new JsonObject(call.getJsonObject("function").getString("arguments"))));
        }
        return blocks;
    }

    static JsonObject message(Shapes shapes, JsonArray content, String stopReason, int outputTokens) {
        JsonObject usage = new JsonObject()
                .put("input_tokens", shapes.promptTokens())
                .put("output_tokens", outputTokens)
                .put("cost", 0);
        return new JsonObject()
                .put("id", shapes.generation())
                .put(TYPE, "message")
                .put("role", "assistant")
                .put("model", shapes.model())
                .put("provider", "Demo")
                .put("content", content)
                .put("stop_reason", stopReason)
                .putNull("stop_sequence")
                .put("usage", usage);
    }

    static String stopReason(String finish) {
        return switch (Objects.requireNonNullElse(finish, "")) {
            case "" -> null;
            case "stop" -> "end_turn";
            case "tool_calls" -> "tool_use";
            case "length" -> "max_tokens";
            default -> finish;
        };
    }

    static JsonObject error(int status, String message) {
        JsonObject error = new JsonObject().put(TYPE, errorType(status)).put("message", message);
        return new JsonObject().put(TYPE, "error").put("error", error).put("request_id", "req_demo");
    }

    private static String errorType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}

package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The JSON that OpenAI's responses are made of. */
final class Responses {
    private Responses() {}

    static JsonObject response(Shapes shapes, String status, JsonArray output, int outputTokens) {
        return new JsonObject()
                .put("id", shapes.generation())
                .put("object", "response")
                .put("created_at", Shapes.CREATED)
                .put("status", status)
                .put("model", shapes.model())
                .put("provider", "Demo")
                .put("output", output.copy())
                .put("parallel_tool_calls", true)
                .put("tool_choice", "auto")
                .put("tools", new JsonArray())
                .put("metadata", new JsonObject())
                .put("store", false)
                .putNull("error")
                .putNull("incomplete_details")
                .putNull("instructions")
                .putNull("temperature")
                .putNull("top_p")
                .put("usage", usage(shapes.promptTokens(), outputTokens));
    }

    private static JsonObject usage(int inputTokens, int outputTokens) {
        return new JsonObject()
                .put("input_tokens", inputTokens)
                .put("input_tokens_details", new JsonObject().put("cached_tokens", 0))
                .put("output_tokens", outputTokens)
                .put("output_tokens_details", new JsonObject().put("reasoning_tokens", 0))
                .put("total_tokens", inputTokens + outputTokens)
                .put("cost", 0);
    }

    static JsonObject error(int status, String message) {
        return new JsonObject().put("code", code(status)).put("message", message);
    }

    private static String code(int status) {
        return switch (status) {
            case 429 -> "rate_limit_exceeded";
            case 400 -> "invalid_prompt";
            default -> "server_error";
        };
    }
}

package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The JSON that an answer is made of.
 *
 * @param generation the answer's id
 * @param model the model that answers
 * @param promptTokens how many tokens the request has
 */
record AnswerJson(String generation, String model, int promptTokens) {
    /** When every simulated answer was created: a fixed moment, because the simulation has no clock. */
    static final long CREATED = 1_790_000_000L;

    JsonObject chunk(JsonObject delta, String finish) {
        return answer("chat.completion.chunk", choice("delta", delta, finish));
    }

    JsonObject whole(JsonObject message, String finish) {
        return answer("chat.completion", choice("message", message.putNull("refusal"), finish))
                .putNull("system_fingerprint");
    }

    JsonObject usage(int completionTokens) {
        return new JsonObject()
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", completionTokens)
                .put("total_tokens", promptTokens + completionTokens)
                .put("cost", 0)
                .put("is_byok", false)
                .put("prompt_tokens_details", new JsonObject().put("cached_tokens", 0))
                .put("completion_tokens_details", new JsonObject().put("reasoning_tokens", 0));
    }

    private JsonObject answer(String object, JsonObject choice) {
        return answer(object).put("choices", new JsonArray().add(choice));
    }

    JsonObject answer(String object) {
        return new JsonObject()
                .put("id", generation)
                .put("provider", "Demo")
                .put("model", model)
                .put("object", object)
                .put("created", CREATED);
    }

    private static JsonObject choice(String part, JsonObject said, String finish) {
        return new JsonObject()
                .put("index", 0)
                .put(part, said)
                .put("finish_reason", finish)
                .put("native_finish_reason", finish)
                .putNull("logprobs");
    }
}

package io.freerouter.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** OpenRouter's error bodies: those of models and providers first, then those of the account. */
final class ErrorBodies {
    static final String JSON = "application/json";

    private static final String PROVIDER = "Demo";
    private static final String WORDS = "Provider returned error";

    private ErrorBodies() {}

    static JsonObject plain(int code, String message) {
        return new JsonObject().put("message", message).put("code", code);
    }

    static JsonObject provider(int code, String message) {
        return plain(code, message).put("metadata", new JsonObject().put("provider_name", PROVIDER));
    }

    static JsonObject sharedPool(String provider) {
        return plain(429, WORDS)
                .put(
                        "metadata",
                        new JsonObject()
                                .put("raw", "This model is temporarily rate-limited upstream. Please retry shortly.")
                                .put("provider_name", provider)
                                .put("is_byok", false)
                                .put("provider_error_code", "429")
                                .put("limit_source", "upstream_provider_shared_pool")
                                .put("remedy_hint", "Retry shortly, or route to another provider"));
    }

    static JsonObject unaffordable() {
        return plain(
                402,
                "This request requires more credits, or fewer max_tokens. You requested up to 4096 tokens, but can only"
                        + " afford 0.");
    }

    /** What the body of an error says; empty if it is none of these. */
    static Optional<String> message(String body) {
        try {
            return Optional.of(new JsonObject(body))
                    .map(json -> json.getValue("error"))
                    .filter(JsonObject.class::isInstance)
                    .map(error -> ((JsonObject) error).getString("message"));
        } catch (DecodeException noJson) {
            return Optional.empty();
        }
    }

    static AnswerScript script(JsonObject error) {
        return script(error, Map.of("Content-Type", JSON));
    }

    static AnswerScript script(JsonObject error, Map<String, String> headers) {
        String body =
                new JsonObject().put("error", error).put("user_id", "user_demo").encode();
        return AnswerScript.begin().respond(error.getInteger("code"), headers, body);
    }
}

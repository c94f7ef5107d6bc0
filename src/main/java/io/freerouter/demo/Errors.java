package io.freerouter.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** The upstream's error objects, by the shapes its real counterpart uses. */
final class Errors {
    static final String JSON = "application/json";

    private static final String PROVIDER = "Demo";
    private static final String WORDS = "Provider returned error";

    private Errors() {}

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

    static JsonObject noCapacity(int retryAfterSeconds) {
        return plain(429, WORDS)
                .put("metadata", new JsonObject().put("error_type", "rate_limit_exceeded"))
                .put(
                        "availability",
                        new JsonObject()
                                .put("code", "capacity_exhausted")
                                .put("retryable", true)
                                .put("retry_after", retryAfterSeconds)
                                .put("affected_providers", new JsonArray().add(PROVIDER)));
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

    static Script script(JsonObject error) {
        return script(error, Map.of("Content-Type", JSON));
    }

    static Script script(JsonObject error, Map<String, String> headers) {
        String body =
                new JsonObject().put("error", error).put("user_id", "user_demo").encode();
        return Script.begin().respond(error.getInteger("code"), headers, body);
    }
}

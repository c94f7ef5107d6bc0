package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** The upstream's error objects that are about the account rather than a model, by the shapes of its real counterpart. */
final class AccountErrors {
    private static final String SETTINGS = "https://openrouter.ai/settings/";

    private AccountErrors() {}

    static JsonObject minuteSpent(long limit, Instant resetsAt) {
        return limited("free-models-per-min. ", limit, resetsAt, "openrouter_free_tier_per_minute", "Slow down");
    }

    /** The message tells the tier: the lower one is offered the higher. */
    static JsonObject daySpent(long limit, Instant resetsAt) {
        String which = limit < 1000
                ? "free-models-per-day. Add 10 credits to unlock 1000 free model requests per day"
                : "free-models-per-day-high-balance. ";
        return limited(which, limit, resetsAt, "openrouter_free_tier_daily", "Wait for the daily reset");
    }

    private static JsonObject limited(String which, long limit, Instant resetsAt, String source, String hint) {
        JsonObject headers = new JsonObject()
                .put("X-RateLimit-Limit", Long.toString(limit))
                .put("X-RateLimit-Remaining", "0")
                .put("X-RateLimit-Reset", Long.toString(resetsAt.toEpochMilli()));
        return withMetadata(
                Errors.plain(429, "Rate limit exceeded: " + which),
                sourced(source, hint).put("headers", headers));
    }

    static JsonObject creditSpent() {
        return withMetadata(
                Errors.plain(402, "Insufficient credits. Add more using " + SETTINGS + "credits"),
                sourced("openrouter_credits", "Add credits"));
    }

    static JsonObject keySpent() {
        return withMetadata(
                Errors.plain(402, "This key has reached its credit limit"),
                sourced("openrouter_key_limit", "Raise the limit of this key"));
    }

    /** As keys that have spent all they may were answered before they were told by a 402. */
    static JsonObject keyRefused() {
        return Errors.plain(403, "Key limit exceeded (total limit). Manage it using " + SETTINGS + "keys");
    }

    static JsonObject privacyRestricted() {
        JsonObject availability = new JsonObject()
                .put("code", "privacy_restricted")
                .put("retryable", false)
                .put("excluded_by", new JsonArray().add("data_policy:training"));
        return Errors.plain(
                        404,
                        "No endpoints found matching your data policy (Free model training). Configure: " + SETTINGS
                                + "privacy")
                .put("availability", availability);
    }

    private static JsonObject sourced(String source, String hint) {
        return new JsonObject().put("limit_source", source).put("remedy_hint", hint);
    }

    private static JsonObject withMetadata(JsonObject error, JsonObject metadata) {
        return error.put("metadata", metadata);
    }
}

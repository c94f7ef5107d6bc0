package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Scripts that only tests play: OpenRouter's errors in its own words, and odd answers. */
public final class CannedTestAnswers {
    private static final String SETTINGS = "https://openrouter.ai/settings/";

    private CannedTestAnswers() {}

    /** Says something, then calls a tool. */
    public static AnswerScript callsToolAfter(String text, String name, String argsJson) {
        return CannedAnswers.finished(
                CannedAnswers.called(
                        CannedAnswers.said(AnswerScript.begin().role(), text, Duration.ZERO), name, argsJson),
                "tool_calls");
    }

    /** Refuses with 429, because the pool that this provider shares among all users is used up. */
    public static AnswerScript poolLimited(String provider) {
        return ErrorBodies.script(ErrorBodies.sharedPool(provider));
    }

    /** Refuses with 429 and says when to come back, in the body and in {@code Retry-After}. */
    public static AnswerScript rateLimited(int retryAfterSeconds) {
        Map<String, String> headers =
                Map.of("Content-Type", ErrorBodies.JSON, "Retry-After", Integer.toString(retryAfterSeconds));
        return ErrorBodies.script(noCapacityBody(retryAfterSeconds), headers);
    }

    /** Refuses with 429, because the account has used up its requests for this minute. */
    public static AnswerScript accountMinuteSpent(long limit, Instant resetsAt) {
        return ErrorBodies.script(minuteSpentBody(limit, resetsAt));
    }

    /** Refuses with 429, because the account has used up its requests for this day. */
    public static AnswerScript accountDaySpent(long limit, Instant resetsAt) {
        return ErrorBodies.script(daySpentBody(limit, resetsAt));
    }

    /** Refuses with 402, because the account's balance is negative. */
    public static AnswerScript accountCreditSpent() {
        return ErrorBodies.script(creditSpentBody());
    }

    /** Refuses with 402, because the key has reached its limit. */
    public static AnswerScript keySpent() {
        return ErrorBodies.script(keySpentBody());
    }

    /** Refuses with 403, because the key has reached its limit. */
    public static AnswerScript keyRefused() {
        return ErrorBodies.script(keyRefusedBody());
    }

    /** Refuses with 404, because the account's privacy settings exclude every provider of the model. */
    public static AnswerScript privacyRestricted() {
        return ErrorBodies.script(privacyRestrictedBody());
    }

    /** Fails before any token, with this status and a JSON error. */
    public static AnswerScript serverError(int status) {
        return CannedAnswers.refuses(status, "Internal Server Error");
    }

    /** Fails at the edge, with a page for people instead of JSON. */
    public static AnswerScript htmlError(int status) {
        String page = "<!DOCTYPE html><html><body><h1>error code: " + status + "</h1></body></html>";
        return AnswerScript.begin().respond(status, Map.of("Content-Type", "text/html; charset=UTF-8"), page);
    }

    /** Answers 200 and says nothing: a role, usage, the end. */
    public static AnswerScript emptyStream() {
        return AnswerScript.begin().comment().role().usage().done().end();
    }

    private static JsonObject noCapacityBody(int retryAfterSeconds) {
        return ErrorBodies.plain(429, "Provider returned error")
                .put("metadata", new JsonObject().put("error_type", "rate_limit_exceeded"))
                .put(
                        "availability",
                        new JsonObject()
                                .put("code", "capacity_exhausted")
                                .put("retryable", true)
                                .put("retry_after", retryAfterSeconds)
                                .put("affected_providers", new JsonArray().add("Demo")));
    }

    private static JsonObject minuteSpentBody(long limit, Instant resetsAt) {
        return limited("free-models-per-min. ", limit, resetsAt, "openrouter_free_tier_per_minute", "Slow down");
    }

    /** The message depends on the tier: it offers the higher tier to the lower one. */
    private static JsonObject daySpentBody(long limit, Instant resetsAt) {
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
                ErrorBodies.plain(429, "Rate limit exceeded: " + which),
                sourced(source, hint).put("headers", headers));
    }

    private static JsonObject creditSpentBody() {
        return withMetadata(
                ErrorBodies.plain(402, "Insufficient credits. Add more using " + SETTINGS + "credits"),
                sourced("openrouter_credits", "Add credits"));
    }

    private static JsonObject keySpentBody() {
        return withMetadata(
                ErrorBodies.plain(402, "This key has reached its credit limit"),
                sourced("openrouter_key_limit", "Raise the limit of this key"));
    }

    /** The older answer to a key that has reached its limit; the newer one is a 402. */
    private static JsonObject keyRefusedBody() {
        return ErrorBodies.plain(403, "Key limit exceeded (total limit). Manage it using " + SETTINGS + "keys");
    }

    private static JsonObject privacyRestrictedBody() {
        JsonObject availability = new JsonObject()
                .put("code", "privacy_restricted")
                .put("retryable", false)
                .put("excluded_by", new JsonArray().add("data_policy:training"));
        return ErrorBodies.plain(
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

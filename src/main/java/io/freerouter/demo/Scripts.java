package io.freerouter.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Ready-made scripts: what models do most often, well and badly. */
public final class Scripts {
    private Scripts() {}

    /** Answers at once, word by word. */
    public static Script answers(String text) {
        return answers(text, Duration.ZERO);
    }

    /** Answers word by word, with a pause after each word. */
    public static Script answers(String text, Duration between) {
        return finished(said(Script.begin().role(), text, between), "stop");
    }

    /** Says it is at work, is silent for a while, then answers. */
    public static Script slow(Duration silence, String text) {
        Script begun = Script.begin().comment().pause(silence).role();
        return finished(said(begun, text, Duration.ZERO), "stop");
    }

    /** Thinks, then answers. */
    public static Script reasons(String thought, String text) {
        Script begun = Script.begin().role().reasoning(thought);
        return finished(said(begun, text, Duration.ZERO), "stop");
    }

    /** Calls a tool; the arguments come in two halves. */
    public static Script callsTool(String name, String argsJson) {
        return finished(called(Script.begin(), name, argsJson), "tool_calls");
    }

    /** Says something, then calls a tool. */
    public static Script callsToolAfter(String text, String name, String argsJson) {
        return finished(called(said(Script.begin().role(), text, Duration.ZERO), name, argsJson), "tool_calls");
    }

    /** Refuses with 429, as when a provider's pool for everybody is used up. */
    public static Script rateLimited() {
        return poolLimited("Crowded");
    }

    /** Refuses with 429, as this provider's pool for everybody is used up. */
    public static Script poolLimited(String provider) {
        return Errors.script(Errors.sharedPool(provider));
    }

    /** Refuses with 429 and says when to come back, in the body and in {@code Retry-After}. */
    public static Script rateLimited(int retryAfterSeconds) {
        Map<String, String> headers =
                Map.of("Content-Type", Errors.JSON, "Retry-After", Integer.toString(retryAfterSeconds));
        return Errors.script(Errors.noCapacity(retryAfterSeconds), headers);
    }

    /** Refuses with 429, as the account has had all its requests of this minute. */
    public static Script accountMinuteSpent(long limit, Instant resetsAt) {
        return Errors.script(AccountErrors.minuteSpent(limit, resetsAt));
    }

    /** Refuses with 429, as the account has had all its requests of this day. */
    public static Script accountDaySpent(long limit, Instant resetsAt) {
        return Errors.script(AccountErrors.daySpent(limit, resetsAt));
    }

    /** Refuses with 402, as the account's balance is negative. */
    public static Script accountCreditSpent() {
        return Errors.script(AccountErrors.creditSpent());
    }

    /** Refuses with 402, as the key has spent all it may. */
    public static Script keySpent() {
        return Errors.script(AccountErrors.keySpent());
    }

    /** Refuses with 403, as the key has spent all it may. */
    public static Script keyRefused() {
        return Errors.script(AccountErrors.keyRefused());
    }

    /** Refuses with 404, as the account's privacy settings leave nobody who serves the model. */
    public static Script privacyRestricted() {
        return Errors.script(AccountErrors.privacyRestricted());
    }

    /** Refuses with 402, as this model costs money. */
    public static Script wantsCredit() {
        return Errors.script(Errors.unaffordable());
    }

    /** Fails before any token, with this status and a JSON error. */
    public static Script serverError(int status) {
        return refuses(status, "Internal Server Error");
    }

    /** Refuses the request itself. */
    public static Script badRequest(String message) {
        return refuses(400, message);
    }

    /** Refuses with this status and a JSON error with this message. */
    public static Script refuses(int status, String message) {
        return Errors.script(Errors.plain(status, message));
    }

    /** Fails at the edge, with a page for people instead of JSON. */
    public static Script htmlError(int status) {
        String page = "<!DOCTYPE html><html><body><h1>error code: " + status + "</h1></body></html>";
        return Script.begin().respond(status, Map.of("Content-Type", "text/html; charset=UTF-8"), page);
    }

    /** Answers 200 with nothing but an error in it. */
    public static Script errorInside200() {
        return Script.begin().comment().error(502, "Provider returned error").end();
    }

    /** Answers 200 and says nothing: a role, usage, the end. */
    public static Script emptyStream() {
        return Script.begin().comment().role().usage().done().end();
    }

    /** Says this much, then the connection breaks. */
    public static Script breaksAfter(String text) {
        return said(Script.begin().role(), text, Duration.ZERO).reset();
    }

    /** Takes the request and never says anything. */
    public static Script hangs() {
        return Script.begin().hang();
    }

    private static Script called(Script begun, String name, String argsJson) {
        int half = argsJson.length() / 2;
        return begun.toolCall(0, name)
                .toolArguments(0, argsJson.substring(0, half))
                .toolArguments(0, argsJson.substring(half));
    }

    private static Script said(Script begun, String text, Duration between) {
        Script script = begun;
        for (String word : text.split("(?<= )")) {
            script = script.text(word).pause(between);
        }
        return script;
    }

    private static Script finished(Script said, String reason) {
        return said.finish(reason).usage().done().end();
    }
}

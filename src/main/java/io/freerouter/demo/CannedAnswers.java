package io.freerouter.demo;

import java.time.Duration;

/** Ready-made scripts for what models do most often: successes and failures. */
public final class CannedAnswers {
    private CannedAnswers() {}

    /** Answers at once, word by word. */
    public static AnswerScript answers(String text) {
        return answers(text, Duration.ZERO);
    }

    /** Answers word by word, with a pause after each word. */
    public static AnswerScript answers(String text, Duration between) {
        return finished(said(AnswerScript.begin().role(), text, between), "stop");
    }

    /** Sends a comment, is silent for a while, then answers. */
    public static AnswerScript slow(Duration silence, String text) {
        AnswerScript begun = AnswerScript.begin().comment().pause(silence).role();
        return finished(said(begun, text, Duration.ZERO), "stop");
    }

    /** Thinks, then answers. */
    public static AnswerScript reasons(String thought, String text) {
        AnswerScript begun = AnswerScript.begin().role().reasoning(thought);
        return finished(said(begun, text, Duration.ZERO), "stop");
    }

    /** Calls a tool; the arguments come in two halves. */
    public static AnswerScript callsTool(String name, String argsJson) {
        return finished(called(AnswerScript.begin(), name, argsJson), "tool_calls");
    }

    /** Refuses with 429, because the pool that a provider shares among all users is used up. */
    public static AnswerScript rateLimited() {
        return ErrorBodies.script(ErrorBodies.sharedPool("Crowded"));
    }

    /** Refuses with 402, because this model costs money. */
    public static AnswerScript wantsCredit() {
        return ErrorBodies.script(ErrorBodies.unaffordable());
    }

    /** Refuses the request itself. */
    public static AnswerScript badRequest(String message) {
        return refuses(400, message);
    }

    /** Refuses with this status and a JSON error with this message. */
    public static AnswerScript refuses(int status, String message) {
        return ErrorBodies.script(ErrorBodies.plain(status, message));
    }

    /** Answers 200 with nothing but an error in it. */
    public static AnswerScript errorInside200() {
        return AnswerScript.begin()
                .comment()
                .error(502, "Provider returned error")
                .end();
    }

    /** Says this much, then the connection breaks. */
    public static AnswerScript breaksAfter(String text) {
        return said(AnswerScript.begin().role(), text, Duration.ZERO).reset();
    }

    /** Takes the request and never says anything. */
    public static AnswerScript hangs() {
        return AnswerScript.begin().hang();
    }

    static AnswerScript called(AnswerScript begun, String name, String argsJson) {
        int half = argsJson.length() / 2;
        return begun.toolCall(0, name)
                .toolArguments(0, argsJson.substring(0, half))
                .toolArguments(0, argsJson.substring(half));
    }

    static AnswerScript said(AnswerScript begun, String text, Duration between) {
        AnswerScript script = begun;
        for (String word : text.split("(?<= )")) {
            script = script.text(word).pause(between);
        }
        return script;
    }

    static AnswerScript finished(AnswerScript said, String reason) {
        return said.finish(reason).usage().done().end();
    }
}

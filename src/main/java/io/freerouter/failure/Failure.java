package io.freerouter.failure;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Why one attempt gave no answer, read from what the upstream said.
 *
 * @param kind the cause
 * @param status the HTTP status the upstream meant: its response's, or the code inside an error that came with a 200
 * @param retryAt when the upstream allows the next attempt; empty if it did not say
 * @param reply the upstream's own error without the key, kept if {@link FailureKind#keepsReply} and it is JSON
 * @param provider who hosts the model, in OpenRouter's words
 * @param limit how many requests the limit that was reached allows, how many tokens the model that was too small takes, or how
 *     many tokens the model answers with at most
 * @param prompt how many tokens a prompt that is too long has by the upstream's count; empty if it named no number
 */
public record Failure(
        FailureKind kind,
        OptionalInt status,
        Optional<Instant> retryAt,
        Optional<Reply> reply,
        Optional<String> provider,
        OptionalLong limit,
        OptionalLong prompt) {
    /**
     * An upstream's error response.
     *
     * @param contentType its media type
     * @param body its text, as it came
     */
    public record Reply(String contentType, String body) {}

    public Failure {
        if (kind.verdict() == FailureKind.Verdict.STOP && status.isEmpty()) {
            throw new IllegalArgumentException("A failure that stops the request needs a status to tell the caller");
        }
    }

    /** A failure that is not about the length of the prompt, or does not tell it. */
    public Failure(
            FailureKind kind,
            OptionalInt status,
            Optional<Instant> retryAt,
            Optional<Reply> reply,
            Optional<String> provider,
            OptionalLong limit) {
        this(kind, status, retryAt, reply, provider, limit, OptionalLong.empty());
    }

    /** A failure of which neither the provider nor a limit is known. */
    public Failure(FailureKind kind, OptionalInt status, Optional<Instant> retryAt, Optional<Reply> reply) {
        this(kind, status, retryAt, reply, Optional.empty(), OptionalLong.empty());
    }

    /** A failure of which only the kind is known, such as a broken connection. */
    public static Failure of(FailureKind kind) {
        return new Failure(kind, OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    /** The same failure of another kind, without the upstream's words and times. */
    public Failure as(FailureKind other) {
        return new Failure(other, status, Optional.empty(), Optional.empty(), provider, OptionalLong.empty());
    }

    /** The same failure of another kind, with the upstream's words. */
    public Failure takenFor(FailureKind other) {
        return new Failure(other, status, Optional.empty(), reply, provider, OptionalLong.empty());
    }

    /** The same failure with the upstream's reply. */
    public Failure withReply(Reply other) {
        return new Failure(kind, status, retryAt, Optional.of(other), provider, limit, prompt);
    }

    /** What gets a cooldown: nothing if the model named the limit of its answers, because it is asked for shorter ones now. */
    public FailureKind.CooldownEffect cooldown() {
        return kind == FailureKind.OUTPUT_TOO_LONG && limit.isPresent()
                ? FailureKind.CooldownEffect.NOTHING
                : kind.cooldown();
    }

    /** The cause in a few words of our own, with the status if there is one; never a text from outside. */
    public String cause() {
        return status.isPresent() ? status.getAsInt() + " " + kind.words() : kind.words();
    }
}

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
 * @param restUntil until when the upstream asked to be left alone, where it said so
 * @param reply the upstream's own error, kept where it is to be handed on to the caller unchanged
 * @param provider who hosts the model, in OpenRouter's words
 * @param limit how many requests the limit that was reached allows, or how many tokens the model that was too small takes
 */
public record Failure(
        FailureKind kind,
        OptionalInt status,
        Optional<Instant> restUntil,
        Optional<Reply> reply,
        Optional<String> provider,
        OptionalLong limit) {
    /**
     * An upstream's error response.
     *
     * @param contentType its media type
     * @param body its text, as it came
     */
    public record Reply(String contentType, String body) {}

    public Failure {
        if (kind.verdict() == Verdict.STOP && status.isEmpty()) {
            throw new IllegalArgumentException("A failure that stops the request needs a status to tell the caller");
        }
    }

    /** A failure of which neither the provider nor a limit is known. */
    public Failure(FailureKind kind, OptionalInt status, Optional<Instant> restUntil, Optional<Reply> reply) {
        this(kind, status, restUntil, reply, Optional.empty(), OptionalLong.empty());
    }

    /** A failure of which only the kind is known, such as a broken connection. */
    public static Failure of(FailureKind kind) {
        return new Failure(kind, OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    /** The cause in a few words of our own, with the status if there is one; never a text from outside. */
    public String cause() {
        return status.isPresent() ? status.getAsInt() + " " + kind.words() : kind.words();
    }
}

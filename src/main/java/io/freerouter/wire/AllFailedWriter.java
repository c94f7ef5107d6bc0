package io.freerouter.wire;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonGenerator;
import io.freerouter.failure.Attempt;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells of every attempt when none gave an answer. */
final class AllFailedWriter {
    private AllFailedWriter() {}

    static ErrorReply write(List<Attempt> attempts, Instant now) {
        ErrorShape shape = new ErrorShape(message(attempts), ErrorShape.UPSTREAM, null, "all_attempts_failed");
        String body = shape.jsonWith(json -> writeAttempts(json, attempts));
        return new ErrorReply(RefusalWriter.BAD_GATEWAY, RefusalWriter.JSON, body, headers(attempts, now));
    }

    private static String message(List<Attempt> attempts) {
        return attempts.stream().map(AllFailedWriter::words).collect(joining(", ", "No free model answered: ", "."));
    }

    private static String words(Attempt attempt) {
        return attempt.model() + " (" + attempt.failure().cause() + ")";
    }

    private static void writeAttempts(JsonGenerator json, List<Attempt> attempts) throws IOException {
        json.writeArrayFieldStart("attempts");
        for (Attempt attempt : attempts) {
            writeAttempt(json, attempt);
        }
        json.writeEndArray();
    }

    private static void writeAttempt(JsonGenerator json, Attempt attempt) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", attempt.model().value());
        OptionalInt status = attempt.failure().status();
        if (status.isPresent()) {
            json.writeNumberField("status", status.getAsInt());
        }
        json.writeStringField("cause", attempt.failure().kind().words());
        json.writeEndObject();
    }

    private static Map<String, String> headers(List<Attempt> attempts, Instant now) {
        Map<String, String> headers = new HashMap<>();
        headers.put(RefusalWriter.ATTEMPTS, Integer.toString(attempts.size()));
        headers.put(RefusalWriter.SHOULD_RETRY, "false");
        firstReady(attempts).ifPresent(ready -> headers.put(RefusalWriter.RETRY_AFTER, seconds(now, ready)));
        return headers;
    }

    /** When the first of them may be asked again; unknown if one of them did not say, as it may be ready now. */
    private static Optional<Instant> firstReady(List<Attempt> attempts) {
        List<Instant> known = attempts.stream()
                .flatMap(attempt -> attempt.failure().restUntil().stream())
                .toList();
        return known.size() == attempts.size() ? known.stream().min(Instant::compareTo) : Optional.empty();
    }

    /** Rounded up: a client that comes a moment too early is turned away once more. */
    private static String seconds(Instant now, Instant ready) {
        long wait = Duration.between(now, ready).plusSeconds(1).minusNanos(1).toSeconds();
        return Long.toString(Math.max(1, wait));
    }
}

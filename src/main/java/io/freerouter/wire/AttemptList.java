package io.freerouter.wire;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonGenerator;
import io.freerouter.failure.Attempt;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** Tells who was asked and why there was no answer. */
final class AttemptList {
    private AttemptList() {}

    /** In one line, in the order asked. */
    static String words(List<Attempt> attempts) {
        return attempts.stream()
                .map(attempt -> attempt.model() + " (" + attempt.failure().cause() + ")")
                .collect(joining(", "));
    }

    /** As a member of the error. */
    static JsonWriter.Part member(List<Attempt> attempts) {
        return json -> {
            json.writeArrayFieldStart("attempts");
            for (Attempt attempt : attempts) {
                write(json, attempt);
            }
            json.writeEndArray();
        };
    }

    private static void write(JsonGenerator json, Attempt attempt) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", attempt.model().value());
        OptionalInt status = attempt.failure().status();
        if (status.isPresent()) {
            json.writeNumberField("status", status.getAsInt());
        }
        json.writeStringField("cause", attempt.failure().kind().words());
        json.writeEndObject();
    }
}

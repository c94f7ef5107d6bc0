package io.freerouter.openrouter.error;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.failure.Failure;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for errors in an answer where chat completions have them. */
final class Errors {
    private Errors() {}

    static Optional<Failure> inside(FailureReader reader, JsonNode answer, Instant now) {
        Stream<JsonNode> errors = Stream.concat(
                Stream.of(answer.path("error")),
                answer.path("choices").valueStream().map(choice -> choice.path("error")));
        return reader.inside(answer, errors, false, now);
    }
}

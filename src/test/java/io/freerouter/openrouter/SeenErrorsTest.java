package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.error.FailureReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The errors that were seen of OpenRouter, each by its shape, as {@code openrouter/errors.json} has them. */
class SeenErrorsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:20Z");

    private final FailureReader reader = new FailureReader(new Secret("sk-hidden")::redact);

    static Stream<Named<JsonNode>> errors() throws IOException {
        try (InputStream file = SeenErrorsTest.class.getResourceAsStream("/openrouter/errors.json")) {
            return new ObjectMapper()
                    .readTree(file)
                    .valueStream()
                    .map(error -> Named.of(error.path("name").asText(), error));
        }
    }

    static Stream<Named<JsonNode>> responses() throws IOException {
        return errors().filter(error -> error.getPayload().path("status").asInt() != 200);
    }

    @Test
    void there_are_as_many_as_were_seen() throws IOException {
        assertThat(errors()).hasSize(21);
    }

    @ParameterizedTest
    @MethodSource("responses")
    void as_a_response_it_is_told_apart(JsonNode error) {
        int status = error.path("status").asInt();
        Failure failure = reader.read(
                status, name -> error.path("headers").path(name).textValue(), "application/json", body(error), NOW);
        assertTold(failure, error, kind(error, "kind"));
        assertThat(failure.status()).isEqualTo(OptionalInt.of(status));
        assertThat(failure.retryAt())
                .isEqualTo(moment(error, "retryAt").or(() -> moment(error, "retryAtBySentHeader")));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void inside_a_whole_answer_it_is_told_apart(JsonNode error) {
        AttemptException failed = catchThrowableOfType(AttemptException.class, () -> new CompletionReader(
                        DialectFormats.of(Dialect.CHAT).answer(), reader)
                .read(body(error).getBytes(UTF_8), Set.of(), NOW));
        assertToldInside(failed.failure(), error);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void as_the_first_event_of_a_stream_it_is_told_apart(JsonNode error) {
        String event = "data: " + body(error).replace("\n", "\\n") + "\n\n";
        AnswerEvent chunk = new AnswerEventReader(
                        DialectFormats.of(Dialect.CHAT).answer(),
                        reader,
                        new AnswerMetadataCollector(
                                DialectFormats.of(Dialect.CHAT).answer(), Set.of()),
                        1)
                .read(ServerSentEvent.of(event), NOW);
        Failure failure =
                chunk instanceof AnswerEvent.Failed failed ? failed.failure() : Failure.of(FailureKind.MALFORMED);
        assertToldInside(failure, error);
    }

    private static void assertToldInside(Failure failure, JsonNode error) {
        FailureKind kind = kind(error, error.has("inside") ? "inside" : "kind");
        assertTold(failure, error, kind);
        assertThat(failure.retryAt()).isEqualTo(moment(error, "retryAt"));
    }

    private static void assertTold(Failure failure, JsonNode error, FailureKind kind) {
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.provider())
                .isEqualTo(Optional.ofNullable(error.path("provider").textValue()));
        assertThat(failure.limit().orElse(0)).isEqualTo(error.path("limit").asLong());
        assertThat(failure.reply().isPresent()).isEqualTo(kind.keepsReply());
    }

    private static FailureKind kind(JsonNode error, String member) {
        return FailureKind.valueOf(error.path(member).asText());
    }

    private static Optional<Instant> moment(JsonNode error, String member) {
        return Optional.ofNullable(error.path(member).textValue()).map(Instant::parse);
    }

    private static String body(JsonNode error) {
        return error.has("text")
                ? error.path("text").asText()
                : error.path("body").toString();
    }
}

package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.FailureKind.Verdict;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The errors that were seen of OpenRouter lead to the next model or to the caller, over real HTTP. Those that use up the
 * account's quota have a test of their own, {@link AccountTest}.
 */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class SeenErrorsReactionTest {
    FakeOpenRouter upstream;

    static Stream<Named<JsonNode>> errors() throws IOException {
        try (InputStream file = SeenErrorsReactionTest.class.getResourceAsStream("/openrouter/errors.json")) {
            return new ObjectMapper()
                    .readTree(file)
                    .valueStream()
                    .filter(error -> verdict(error, "kind") != Verdict.NO_MORE)
                    .map(error -> Named.of(error.path("name").asText(), error));
        }
    }

    static Stream<Named<JsonNode>> responses() throws IOException {
        return errors().filter(error -> error.getPayload().path("status").asInt() != 200);
    }

    private static Verdict verdict(JsonNode error, String member) {
        return FailureKind.valueOf(error.path(member).asText()).verdict();
    }

    private static String body(JsonNode error) {
        return error.has("text")
                ? error.path("text").asText()
                : error.path("body").toString();
    }

    private void assertReaction(AnswerScript script, boolean stream, Verdict verdict) {
        List<String> pool = Pool.of(upstream, script, CannedAnswers.answers("Rescued"));
        Response response = Gateway.auto(stream);
        if (verdict == Verdict.STOP) {
            assertThat(response.statusCode()).as(text(response)).isBetween(400, 404);
            assertThat(upstream.asked()).containsExactly(pool.get(0));
        } else {
            assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
            assertThat(text(response)).contains("Rescued");
            assertThat(upstream.asked()).isEqualTo(pool);
        }
    }

    @ParameterizedTest
    @MethodSource("responses")
    void as_a_response(JsonNode error) {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
        error.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        AnswerScript script = AnswerScript.begin().respond(error.path("status").asInt(), headers, body(error));
        assertReaction(script, false, verdict(error, "kind"));
        assertReaction(script, true, verdict(error, "kind"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void inside_a_whole_answer(JsonNode error) {
        assertReaction(Gateway.says(body(error)), false, inside(error));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void as_the_first_event_of_a_stream(JsonNode error) {
        byte[] event = ("data: " + body(error).replace("\n", "\\n") + "\n\n").getBytes(UTF_8);
        assertReaction(AnswerScript.begin().raw(event).end(), true, inside(error));
    }

    private static Verdict inside(JsonNode error) {
        return verdict(error, error.has("inside") ? "inside" : "kind");
    }

    static List<AnswerScript> shapes(boolean stream) {
        String words = "Key limit exceeded (total limit)";
        String error = "{\"code\":403,\"message\":\"" + words + "\"}";
        String wrapped = "{\"error\":" + error + "}";
        Map<String, String> json = Map.of("Content-Type", "application/json");
        Map<String, String> plain = Map.of("Content-Type", "text/plain");
        AnswerScript begun = AnswerScript.begin();
        return stream
                ? List.of(
                        begun.respond(403, plain, words),
                        begun.respond(200, json, wrapped),
                        begun.raw("event: error\ndata: " + error + "\n\n").done(),
                        begun.raw("event: error\ndata: " + words + "\n\n").done(),
                        begun.raw("data: [" + wrapped + "]\n\n").done(),
                        begun.raw(wrapped).reset())
                : List.of(
                        begun.respond(403, plain, words),
                        begun.respond(200, plain, words),
                        begun.respond(200, json, "{\"error\":" + wrapped + "}"),
                        begun.respond(200, json, "[" + wrapped + "]"),
                        begun.respond(403, json, "[" + wrapped + "]"),
                        begun.respond(200, json, error));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_error_of_the_account_costs_one_request_in_whatever_shape_it_comes(boolean stream) {
        for (AnswerScript script : shapes(stream)) {
            Pool.of(upstream, script, CannedAnswers.answers("Never"));
            Gateway.assertError(Gateway.auto(stream), 402, "insufficient_credits");
            assertThat(upstream.asked()).hasSize(1);
        }
    }
}

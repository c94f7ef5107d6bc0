package io.freerouter.server.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When an answer is whole, however the upstream ends it or garbles it. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class AnswerEndTest {
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
    private static final String OOPS = "data: {\"choices\":[{\"delta\":{\"content\":\"Hel\n\n";

    FakeOpenRouter upstream;

    private String streamed(String body, AnswerScript first) throws Exception {
        Pool.of(upstream, first, CannedAnswers.answers("Never"));
        try (RawCall call = RawCall.chat(body)) {
            return call.readUntil(LAST_CHUNK);
        }
    }

    private String broken(String body, AnswerScript first) throws Exception {
        Pool.of(upstream, first, CannedAnswers.answers("Never"));
        try (RawCall call = RawCall.chat(body)) {
            return call.readUntil("stream_broken");
        }
    }

    static List<Named<AnswerScript>> ends() {
        AnswerScript said = AnswerScript.begin().text("Well").finish("stop");
        return List.of(
                Named.of("a close without an end mark", said.end()),
                Named.of("a broken connection", said.reset()),
                Named.of("a broken connection after the usage", said.usage().reset()),
                Named.of("a late error", said.raw("event: error\ndata: boo\n\n").end()),
                Named.of("half an event", said.raw("data: {\"usage\":{").end()),
                Named.of(
                        "half an event and a broken connection",
                        said.raw("data: {").reset()));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void an_answer_that_has_its_reason_to_finish_is_whole(AnswerScript script) throws Exception {
        String stream = streamed(Gateway.body("auto", true), script);
        assertThat(stream).contains("\"content\":\"Well\"", "\"finish_reason\":\"stop\"");
        assertThat(stream).containsOnlyOnce("data: [DONE]\n\n").doesNotContain("\"error\"", "Never");
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/completions"})
    void an_end_mark_comes_once(String path) {
        Pool.of(
                upstream,
                AnswerScript.begin().text("Well").finish("stop").done().end(),
                CannedAnswers.answers("Never"));
        String prompt = "{\"model\":\"auto\",\"stream\":true,\"prompt\":\"Hi\","
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        Response response = given().contentType("application/json").body(prompt).post(path);
        assertThat(Gateway.text(response)).contains("Well").containsOnlyOnce("data: [DONE]\n\n");
    }

    static List<Named<AnswerScript>> endsOfMessages() {
        AnswerScript said = AnswerScript.begin()
                .text("Well")
                .raw(
                        "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}\n\n");
        return List.of(
                Named.of("a close", said.end()),
                Named.of("a broken connection", said.reset()),
                Named.of("a silence", said.hang()),
                Named.of(
                        "a stop that is no JSON",
                        said.raw("event: message_stop\ndata: {\n\n").end()),
                Named.of(
                        "another dialect's end mark",
                        said.raw("data: [DONE]\n\n").end()),
                Named.of("a late error", said.raw("event: error\ndata: boo\n\n").end()),
                Named.of(
                        "a stop",
                        said.raw("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n")
                                .end()));
    }

    @ParameterizedTest
    @MethodSource("endsOfMessages")
    void a_message_that_has_its_reason_to_stop_ends_with_its_stop_event(AnswerScript script) {
        Pool.of(upstream, script, CannedAnswers.answers("Never"));
        Response response = given().contentType("application/json")
                .body(Gateway.body("auto", true).replaceFirst("\\{", "{\"max_tokens\":99,"))
                .post("/v1/messages");
        assertThat(Gateway.text(response))
                .contains("\"text\":\"Well\"")
                .containsOnlyOnce("event: message_stop\n")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n")
                .doesNotContain("[DONE]", "event: error", "Never");
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void of_several_answers_each_needs_its_reason_to_finish() throws Exception {
        String second = "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"Oh\"},\"finish_reason\":%s}]}\n\n";
        AnswerScript first = AnswerScript.begin().text("Well").finish("stop").raw(second.formatted("null"));
        String body = Gateway.body("auto", true).replaceFirst("\\{", "{\"n\":2,");

        assertThat(broken(body, first.reset())).contains("stream_broken");
        assertThat(streamed(body, first.raw(second.formatted("\"stop\"")).reset()))
                .doesNotContain("\"error\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Well ", ""})
    void a_malformed_chunk_is_left_out(String before) throws Exception {
        AnswerScript begun =
                before.isEmpty() ? AnswerScript.begin() : AnswerScript.begin().text(before);
        String stream = streamed(
                Gateway.body("auto", true),
                begun.raw(OOPS).text("then").finish("stop").done().end());
        assertThat(stream).contains("\"content\":\"then\"", "[DONE]").doesNotContain("Hel", "\"error\"", "Never");
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void a_stream_with_many_malformed_chunks_is_broken() throws Exception {
        AnswerScript script = AnswerScript.begin().text("Well");
        for (int count = 0; count < 8; count++) {
            script = script.raw(OOPS);
        }
        String stream = broken(
                Gateway.body("auto", true),
                script.text("then").finish("stop").done().end());
        assertThat(stream).contains("stream_broken").doesNotContain("Hel", "then");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_answer_that_a_limit_left_no_room_for_is_the_answer(boolean stream) {
        Pool.of(
                upstream,
                AnswerScript.begin().role().finish("length").usage().done().end(),
                CannedAnswers.answers("Never"));
        Response response = Gateway.auto(stream);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Gateway.text(response))
                .contains("\"finish_reason\":\"length\"")
                .doesNotContain("Never");
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_answer_that_ends_properly_without_a_word_is_handed_on_after_one_more_model(boolean stream) {
        AnswerScript empty =
                AnswerScript.begin().role().finish("stop").usage().done().end();
        List<String> pool = Pool.of(upstream, empty, empty, CannedAnswers.answers("Never"));
        Response response = Gateway.auto(stream);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Gateway.text(response))
                .contains("\"finish_reason\":\"stop\"")
                .doesNotContain("Never");
        assertThat(upstream.asked()).isEqualTo(pool.subList(0, 2));
    }

    @Test
    void an_error_without_an_event_around_it_is_one() {
        String busy = "\uFEFF{\"error\":{\"code\":429,\"message\":\"Provider returned error\","
                + "\"metadata\":{\"provider_name\":\"Somebody\"}}}";
        Pool.of(
                upstream,
                AnswerScript.begin().respond(200, Map.of("Content-Type", "text/event-stream"), busy),
                CannedAnswers.answers("Hello"));
        assertThat(Gateway.text(Gateway.auto(true))).contains("Hello").doesNotContain("Provider returned error");
        assertThat(upstream.asked()).hasSize(2);
    }

    @Test
    void an_error_that_is_empty_is_none() {
        AnswerScript script = AnswerScript.begin()
                .raw("data: {\"error\":{},\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Well\"}}]}\n\n")
                .finish("stop")
                .done()
                .end();
        Pool.of(upstream, script, CannedAnswers.answers("Never"));
        assertThat(Gateway.text(Gateway.auto(true))).contains("Well", "[DONE]").doesNotContain("Never");
    }
}

package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.text;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Anthropic's messages. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class MessagesTest {
    FakeOpenRouter upstream;

    private static String body(boolean stream) {
        return "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":1000,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    }

    private static Response post(String body) {
        return given().contentType("application/json")
                .header("anthropic-version", "2023-06-01")
                .header("x-api-key", "any")
                .body(body)
                .post("/v1/messages");
    }

    private static AnswerScript textThenCall() {
        return CannedTestAnswers.callsToolAfter("Let me look.", "look", "{\"at\":1}");
    }

    @Test
    void a_stream_comes_from_the_third_model_when_two_fail_before_a_token() {
        List<String> pool =
                Pool.of(upstream, CannedAnswers.rateLimited(), CannedAnswers.errorInside200(), textThenCall());
        Response response = post(body(true));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("X-FreeRouter-Model")).isEqualTo(pool.get(2));
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("3");
        assertThat(text(response))
                .startsWith("event: message_start\ndata: {\"type\":\"message_start\"")
                .contains(
                        "\"text\":\"Let \"",
                        "\"text\":\"look.\"",
                        "\"type\":\"tool_use\"",
                        "\"partial_json\":\"\\\":1}\"")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        assertThat(upstream.asked()).isEqualTo(pool);
    }

    @Test
    void a_whole_answer_comes_from_the_third_model_when_two_fail() {
        Pool.of(upstream, CannedAnswers.rateLimited(), CannedAnswers.errorInside200(), textThenCall());
        Response response = post(body(false));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.jsonPath().getString("content[0].text")).isEqualTo("Let me look.");
        assertThat(response.jsonPath().getInt("content[1].input.at")).isEqualTo(1);
    }

    @Test
    void a_break_after_the_first_token_is_one_error_event() throws Exception {
        Pool.of(upstream, CannedAnswers.breaksAfter("Well"), CannedAnswers.answers("Never"));
        assertThat(Gateway.untilClosed("/v1/messages", body(true)))
                .contains("\"text\":\"Well\"")
                .containsOnlyOnce("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"")
                .containsPattern("\"request_id\":\"req_[0-9a-f]{32}\"")
                .doesNotContain("message_stop", "Never");
    }

    @Test
    void a_body_without_messages_is_refused_in_its_dialect() {
        Response response = post("{\"model\":\"claude-sonnet-4-5\"}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("type")).isEqualTo("error");
        assertThat(response.jsonPath().getString("error.type")).isEqualTo("invalid_request_error");
        assertThat(response.jsonPath().getString("error.message")).isEqualTo("'messages' is required.");
    }
}

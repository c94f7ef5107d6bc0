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
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** OpenAI's responses. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class ResponsesTest {
    FakeOpenRouter upstream;

    private static String body(boolean stream) {
        return "{\"model\":\"gpt-5-codex\",\"stream\":" + stream
                + ",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    }

    private static Response post(String body) {
        return given().contentType("application/json").body(body).post("/v1/responses");
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
                .startsWith("event: response.created\ndata: {\"type\":\"response.created\"")
                .contains(
                        "\"delta\":\"Let \"",
                        "\"delta\":\"look.\"",
                        "\"type\":\"function_call\"",
                        "\"arguments\":\"{\\\"at\\\":1}\"")
                .contains("event: response.completed\n");
        assertThat(upstream.asked()).isEqualTo(pool);
    }

    @Test
    void a_whole_answer_comes_from_the_third_model_when_two_fail() {
        Pool.of(upstream, CannedAnswers.rateLimited(), CannedAnswers.errorInside200(), textThenCall());
        Response response = post(body(false));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.jsonPath().getString("output[0].content[0].text")).isEqualTo("Let me look.");
        assertThat(response.jsonPath().getString("output[1].arguments")).isEqualTo("{\"at\":1}");
    }

    @Test
    void a_break_after_the_first_token_is_one_failed_response_with_the_next_number() throws Exception {
        Pool.of(upstream, CannedAnswers.breaksAfter("Well"), CannedAnswers.answers("Never"));
        assertThat(Gateway.untilClosed("/v1/responses", body(true)))
                .contains("\"delta\":\"Well\"", "\"sequence_number\":4")
                .containsOnlyOnce(
                        "event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":5,\"response\":{")
                .containsPattern("\"response\":\\{\"id\":\"[^\"]+\",\"object\":\"response\",\"created_at\":\\d+,"
                        + "\"status\":\"failed\",\"model\":\"[^\"]+\",")
                .contains("\"error\":{\"code\":\"server_error\",\"message\":\"The answer broke off", "stream_broken")
                .containsOnlyOnce("data: [DONE]")
                .doesNotContain("response.completed", "Never");
    }

    @Test
    void a_body_without_input_is_refused() {
        Gateway.assertError(post("{\"model\":\"gpt-5-codex\"}"), 400, "missing_required_parameter");
    }

    @Test
    void a_stream_ends_with_the_end_mark_once() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        assertThat(text(post(body(true)))).endsWith("\n\ndata: [DONE]\n\n").containsOnlyOnce("[DONE]");
    }

    @Test
    void a_stream_whose_upstream_sends_no_end_mark_ends_with_one() {
        Pool.of(
                upstream,
                AnswerScript.begin()
                        .raw("event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\","
                                + "\"sequence_number\":0,\"delta\":\"Say [DONE]\"}\n\n"
                                + "event: response.completed\ndata: {\"type\":\"response.completed\","
                                + "\"sequence_number\":1,\"response\":{\"output\":[]}}\n\n"));
        assertThat(text(post(body(true)))).endsWith("}\n\ndata: [DONE]\n\n").containsOnlyOnce("data: [DONE]");
    }

    @Test
    void an_error_event_of_the_upstream_is_followed_by_the_end_mark() throws IOException {
        Pool.of(
                upstream,
                AnswerScript.begin()
                        .text("Well")
                        .raw("event: error\ndata: {\"type\":\"error\",\"sequence_number\":9,\"code\":\"server_error\","
                                + "\"message\":\"Oh\",\"param\":null}\n\n"));
        assertThat(Gateway.untilClosed("/v1/responses", body(true)))
                .containsOnlyOnce("\"message\":\"Oh\"")
                .containsOnlyOnce("data: [DONE]")
                .doesNotContain("response.failed");
    }
}

package io.freerouter.http;

import static io.freerouter.http.Gateway.text;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.Script;
import io.freerouter.demo.Scripts;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
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

    private static Script textThenCall() {
        return Scripts.callsToolAfter("Let me look.", "look", "{\"at\":1}");
    }

    @Test
    void a_stream_comes_from_the_third_model_when_two_fail_before_a_token() {
        List<String> pool = Pool.of(upstream, Scripts.rateLimited(), Scripts.errorInside200(), textThenCall());
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
        Pool.of(upstream, Scripts.rateLimited(), Scripts.errorInside200(), textThenCall());
        Response response = post(body(false));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.jsonPath().getString("output[0].content[0].text")).isEqualTo("Let me look.");
        assertThat(response.jsonPath().getString("output[1].arguments")).isEqualTo("{\"at\":1}");
    }

    @Test
    void a_break_after_the_first_token_is_one_failed_response_with_the_next_number() {
        Pool.of(upstream, Scripts.breaksAfter("Well"), Scripts.answers("Never"));
        assertThat(text(post(body(true))))
                .contains("\"delta\":\"Well\"", "\"sequence_number\":4")
                .containsOnlyOnce(
                        "event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":5,\"response\":{")
                .containsPattern("\"response\":\\{\"id\":\"[^\"]+\",\"object\":\"response\",\"created_at\":\\d+,"
                        + "\"status\":\"failed\",\"model\":\"[^\"]+\",")
                .contains("\"error\":{\"code\":\"server_error\",\"message\":\"The answer broke off", "stream_broken")
                .doesNotContain("response.completed", "Never");
    }

    @Test
    void a_body_without_input_is_refused() {
        Gateway.assertError(post("{\"model\":\"gpt-5-codex\"}"), 400, "missing_required_parameter");
    }
}

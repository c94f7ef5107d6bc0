package io.freerouter.server.http;

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
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scenarios by which gateways compare their fallback, as {@code docs/reliability.md} lists them. Each begins with the first of
 * two or three models. Limits of time are those of {@link FakeUpstream}: two seconds to the first token, a second and a half of
 * silence.
 */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class ReliabilityScenariosTest {
    private static final AnswerScript GOOD = CannedAnswers.answers("The whole answer");
    private static final AnswerScript CUT =
            AnswerScript.begin().text("First half").reset();
    private static final AnswerScript STALLED =
            AnswerScript.begin().text("First half").hang();
    private static final AnswerScript MALFORMED = ending(
            AnswerScript.begin().text("First half").raw("data: {oops\n\n").text(" and the rest"), "stop");
    private static final AnswerScript FILTERED = ending(AnswerScript.begin().text("First half"), "content_filter");

    FakeOpenRouter upstream;

    private static AnswerScript ending(AnswerScript begun, String reason) {
        return begun.finish(reason).usage().done().end();
    }

    private static AnswerScript refusedByProvider(String words) {
        return AnswerScript.begin()
                .respond(
                        400,
                        Map.of("Content-Type", "application/json"),
                        "{\"error\":{\"code\":400,\"message\":\"Provider returned error\",\"metadata\":"
                                + "{\"provider_name\":\"Somebody\",\"raw\":\"" + words + "\"}}}");
    }

    private static RequestSpecification request() {
        return given().contentType("application/json");
    }

    private static Response stream(RequestSpecification request) {
        return request.body(Gateway.body("auto", true)).post("/v1/chat/completions");
    }

    /** The next model answers, and nothing of the first is seen. */
    private void nextAnswers(RequestSpecification request, AnswerScript first) {
        List<String> pool = Pool.of(upstream, first, GOOD, CannedAnswers.answers("Never"));
        Response response = stream(request);
        assertThat(response.statusCode()).as(Gateway.text(response)).isEqualTo(200);
        assertThat(response.header("X-FreeRouter-Model")).isEqualTo(pool.get(1));
        assertThat(Gateway.text(response)).contains("whole", "[DONE]").doesNotContain("First half", "Never");
    }

    private static RequestSpecification whole() {
        return request().header("X-FreeRouter-Verify", "answer");
    }

    /** Three models are asked at once, and one of the other two answers. */
    private void anotherWinsTheRace(AnswerScript first) {
        List<String> pool = Pool.of(upstream, first, GOOD, GOOD);
        Response response = stream(request().header("X-FreeRouter-Strategy", "race"));
        assertThat(response.statusCode()).as(Gateway.text(response)).isEqualTo(200);
        assertThat(response.header("X-FreeRouter-Model")).isIn(pool.subList(1, 3));
        assertThat(Gateway.text(response)).contains("whole", "[DONE]").doesNotContain("First half");
    }

    /** The caller gets what there is and an error event, and no other model is asked. */
    private void endsWithAnError(AnswerScript first) throws Exception {
        Pool.of(upstream, first, CannedAnswers.answers("Never"));
        assertThat(Gateway.untilClosed(Gateway.body("auto", true)))
                .contains("First half", "stream_broken")
                .doesNotContain("Never", "[DONE]");
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void s01_s02_a_rate_limit_whether_it_passes_or_stays() {
        for (AnswerScript limited : List.of(CannedTestAnswers.rateLimited(2), CannedAnswers.rateLimited())) {
            nextAnswers(request(), limited);
            nextAnswers(request().header("X-FreeRouter-Strategy", "fallback"), limited);
            anotherWinsTheRace(limited);
        }
    }

    @Test
    void s02_a_rate_limit_of_every_model_is_an_error_that_says_when_to_come_back() {
        Pool.of(upstream, CannedTestAnswers.rateLimited(2), CannedTestAnswers.rateLimited(2));
        Response response = stream(request());
        Gateway.assertError(response, 502, "all_attempts_failed");
        assertThat(response.header("Retry-After")).isIn("1", "2");
        assertThat(upstream.asked()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void s03_s04_a_failure_of_the_server(int status) {
        nextAnswers(request(), CannedTestAnswers.serverError(status));
        anotherWinsTheRace(CannedTestAnswers.serverError(status));
    }

    @Test
    void s05_a_connection_that_is_reset() {
        nextAnswers(request(), AnswerScript.begin().reset());
        anotherWinsTheRace(AnswerScript.begin().reset());
    }

    @Test
    void s06_silence() {
        nextAnswers(request(), CannedAnswers.hangs());
        anotherWinsTheRace(CannedAnswers.hangs());
    }

    @Test
    void s07_a_first_token_that_is_late() {
        nextAnswers(request(), CannedAnswers.slow(Duration.ofSeconds(20), "First half"));
        anotherWinsTheRace(CannedAnswers.slow(Duration.ofSeconds(20), "First half"));
    }

    @Test
    void s08_a_cut_in_the_middle_of_the_answer() throws Exception {
        endsWithAnError(CUT);
        nextAnswers(whole(), CUT);
    }

    @Test
    void s09_a_stall_in_the_middle_of_the_answer() throws Exception {
        endsWithAnError(STALLED);
        nextAnswers(whole(), STALLED);
    }

    @Test
    void s10_a_malformed_chunk() {
        Pool.of(upstream, MALFORMED, CannedAnswers.answers("Never"));
        assertThat(Gateway.text(stream(request())))
                .contains("First half", " and the rest", "[DONE]")
                .doesNotContain("oops", "\"error\"");
        nextAnswers(whole(), MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void s11_no_end_mark(boolean holding) {
        Pool.of(
                upstream,
                AnswerScript.begin().text("The whole answer").finish("stop").end());
        assertThat(Gateway.text(stream(holding ? whole() : request())))
                .contains("The whole answer")
                .endsWith("data: [DONE]\n\n");
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void s12_a_context_that_is_exceeded() {
        nextAnswers(
                request(),
                refusedByProvider(
                        "This model's maximum context length is 8 tokens. However, your messages resulted in 9."));
    }

    @Test
    void s13_a_content_filter() {
        Pool.of(upstream, FILTERED, CannedAnswers.answers("Never"));
        assertThat(Gateway.text(stream(request())))
                .contains("First half", "\"finish_reason\":\"content_filter\"")
                .doesNotContain("Never");
        nextAnswers(whole(), FILTERED);
        nextAnswers(request(), refusedByProvider("The prompt was blocked by the content filter."));
    }

    @Test
    void s14_a_fallback_that_refuses_the_prefill() {
        List<String> pool = Pool.of(
                upstream,
                CannedTestAnswers.serverError(503),
                refusedByProvider("Prefilling assistant messages is not supported for this model."),
                GOOD);
        String body = "{\"model\":\"auto\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\",\"content\":\"The\"}]}";
        Response response = request().body(body).post("/v1/chat/completions");
        assertThat(Gateway.text(response)).contains("whole", "[DONE]");
        assertThat(upstream.asked()).isEqualTo(pool);
    }

    @Test
    void s15_a_primary_that_flaps() {
        AnswerScript failure = CannedTestAnswers.serverError(503);
        List<String> pool = Pool.of(upstream, GOOD, GOOD);
        upstream.script(pool.get(0), failure, GOOD, failure, GOOD);
        for (int count = 0; count < 4; count++) {
            assertThat(Gateway.text(stream(request()))).contains("whole", "[DONE]");
        }
        assertThat(upstream.asked()).hasSize(5);
    }

    @Test
    void s16_the_name_and_the_usage_are_those_of_the_model_that_answered() {
        List<String> pool = Pool.of(upstream, CannedTestAnswers.serverError(500), GOOD);
        Response streamed = stream(request());
        assertThat(streamed.header("X-FreeRouter-Model")).isEqualTo(pool.get(1));
        assertThat(streamed.header("X-FreeRouter-Attempts")).isEqualTo("2");
        assertThat(Gateway.text(streamed))
                .contains("\"model\":\"" + pool.get(1) + "\"", "\"usage\":{")
                .doesNotContain(pool.get(0));
    }

    @Test
    void an_error_first_in_a_stream() {
        nextAnswers(request(), CannedAnswers.errorInside200());
        anotherWinsTheRace(CannedAnswers.errorInside200());
    }

    @Test
    void a_reason_to_finish_that_is_an_error() throws Exception {
        AnswerScript failing = ending(AnswerScript.begin().text("First half"), "error");
        nextAnswers(request(), ending(AnswerScript.begin().role(), "error"));
        endsWithAnError(failing);
        nextAnswers(whole(), failing);
    }

    @Test
    void a_silent_empty_answer() {
        nextAnswers(request(), ending(AnswerScript.begin().role(), "stop"));
    }

    @Test
    void no_piece_of_a_call_is_seen_across_a_change_of_models() {
        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"read\"}}]}";
        List<String> pool = Pool.of(
                upstream,
                AnswerScript.begin()
                        .role()
                        .toolCall(0, "read")
                        .toolArguments(0, "{\"first\":")
                        .reset(),
                CannedAnswers.callsTool("read", "{\"second\":1}"));
        String body = Gateway.body("auto", true).replaceFirst("}$", tools);
        assertThat(Gateway.text(request().body(body).post("/v1/chat/completions")))
                .contains("\"model\":\"" + pool.get(1), "nd\\\":1}", "[DONE]")
                .doesNotContain("first", pool.get(0), "\"error\"");
    }
}

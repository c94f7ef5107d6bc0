package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class FallbackTest {
    private static final String ROLE = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n";
    private static final String ERROR = "data: {\"error\":{\"code\":502,\"message\":\"x\"},\"choices\":[]}\n\n";

    FakeOpenRouter upstream;

    private void assertNextAnswers(AnswerScript bad, boolean stream) {
        List<String> pool = Pool.of(upstream, bad, CannedAnswers.answers("Rescued"));
        Response response = Gateway.auto(stream);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(text(response)).contains("Rescued").doesNotContain("\"error\"");
        assertThat(response.header("X-FreeRouter-Model")).isEqualTo(pool.get(1));
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("2");
        assertThat(upstream.asked()).isEqualTo(pool);
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 404, 408, 409, 429, 500, 501, 502, 503, 504, 524, 529})
    void a_status_that_another_model_may_not_give_leads_to_the_next(int status) {
        assertNextAnswers(CannedAnswers.refuses(status, "No"), false);
        assertNextAnswers(CannedAnswers.refuses(status, "No"), true);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 429, 502, 524, 529})
    void a_page_for_people_instead_of_json_leads_to_the_next(int status) {
        assertNextAnswers(CannedTestAnswers.htmlError(status), false);
        assertNextAnswers(CannedTestAnswers.htmlError(status), true);
    }

    static List<Named<AnswerScript>> whatIsNoAnswer() {
        return List.of(
                Named.of("an error", CannedAnswers.errorInside200()),
                Named.of("an error beside choices", whole("{\"error\":{\"code\":429},\"choices\":[{\"text\":\"a\"}]}")),
                Named.of("an error in a choice", whole("{\"choices\":[{\"error\":{\"code\":502},\"text\":\"a\"}]}")),
                Named.of("an error as text", whole("{\"error\":\"overloaded\"}")),
                Named.of("half of the JSON", whole("{\"choices\":[{\"message\":{\"content\":\"Hel")),
                Named.of("a page", CannedTestAnswers.htmlError(200)),
                Named.of("an array", whole("[]")),
                Named.of("a null", whole("null")),
                Named.of("nothing at all", whole("")),
                Named.of("two objects", whole("{\"choices\":[{\"text\":\"a\"}]}{}")),
                Named.of("no choices", whole("{\"id\":\"1\"}")),
                Named.of("choices that are none", whole("{\"choices\":[]}")),
                Named.of("choices that are null", whole("{\"choices\":null}")),
                Named.of("an empty message", whole("{\"choices\":[{\"message\":{\"content\":\"\"}}]}")),
                Named.of("a null message", whole("{\"choices\":[{\"message\":null}]}")),
                Named.of("a failed finish", whole("{\"choices\":[{\"text\":\"a\",\"finish_reason\":\"error\"}]}")),
                Named.of("deep nesting", whole("{\"a\":" + "[".repeat(100_000))),
                Named.of(
                        "a reset in the middle",
                        AnswerScript.begin().raw("{\"choices\":").reset()));
    }

    private static AnswerScript whole(String body) {
        return Gateway.says(body);
    }

    @ParameterizedTest
    @MethodSource("whatIsNoAnswer")
    void a_200_that_is_no_answer_leads_to_the_next(AnswerScript bad) {
        assertNextAnswers(bad, false);
    }

    static List<Named<AnswerScript>> whatIsNoStream() {
        return List.of(
                Named.of("an error first", CannedAnswers.errorInside200()),
                Named.of("an error after the role", AnswerScript.begin().raw(ROLE + ERROR)),
                Named.of(
                        "an error without more",
                        AnswerScript.begin().raw("data: {\"error\":\"x\"}\n\n").hang()),
                Named.of("an empty stream", AnswerScript.begin().open().end()),
                Named.of(
                        "comments only",
                        AnswerScript.begin().comment().comment().end()),
                Named.of("usage only", CannedTestAnswers.emptyStream()),
                Named.of("done at once", AnswerScript.begin().done()),
                Named.of("a role only", AnswerScript.begin().role().end()),
                Named.of("a reset at once", AnswerScript.begin().open().reset()),
                Named.of(
                        "a reset after the role",
                        AnswerScript.begin().comment().role().reset()),
                Named.of(
                        "half an event", AnswerScript.begin().raw("data: {\"choices\":[{\"delta\":{\"content\":\"Hel")),
                Named.of("no JSON", AnswerScript.begin().raw("data: Hello\n\n")),
                Named.of("an error as JSON", whole("{\"error\":{\"code\":503,\"message\":\"x\"}}")),
                Named.of("a whole answer", whole("{\"choices\":[{\"message\":{\"content\":\"a\"}}]}")),
                Named.of("a page", CannedTestAnswers.htmlError(200)));
    }

    @ParameterizedTest
    @MethodSource("whatIsNoStream")
    void a_200_that_is_no_stream_leads_to_the_next(AnswerScript bad) {
        assertNextAnswers(bad, true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_connection_that_breaks_before_any_head_leads_to_the_next(boolean stream) {
        List<String> pool = Pool.of(upstream, AnswerScript.begin().reset(), CannedAnswers.answers("Rescued"));
        Response response = Gateway.auto(stream);
        assertThat(text(response)).contains("Rescued").doesNotContain("\"error\"");
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("2");
        assertThat(upstream.asked().stream().distinct())
                .as("asked, the first once more if its connection had been used before")
                .containsExactlyElementsOf(pool);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_model_that_says_nothing_in_time_is_given_up_for_the_next(boolean stream) {
        assertNextAnswers(CannedAnswers.hangs(), stream);
        upstream.awaitAbortedCalls(1, Duration.ofSeconds(1));
    }

    @Test
    void comments_are_no_sign_of_life() {
        AnswerScript busy = AnswerScript.begin();
        for (int i = 0; i < 100; i++) {
            busy = busy.comment().pause(Duration.ofMillis(100));
        }
        assertNextAnswers(busy, true);
    }

    @Test
    void an_odd_status_leads_to_the_next() {
        assertNextAnswers(AnswerScript.begin().respond(302, Map.of("Location", "http://127.0.0.1:1/"), ""), false);
        assertNextAnswers(AnswerScript.begin().respond(204, Map.of(), ""), true);
    }
}

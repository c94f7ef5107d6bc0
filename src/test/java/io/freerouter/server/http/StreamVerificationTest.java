package io.freerouter.server.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.engine.Dialect;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What of a stream is checked is the caller's choice. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class StreamVerificationTest {
    private static final AnswerScript CUT =
            AnswerScript.begin().text("First half").reset();
    private static final String TOOLS =
            ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"read\",\"parameters\":{\"required\":[\"path\"]}}}]}";
    private static final AnswerScript UNSOUND = AnswerScript.begin()
            .role()
            .toolCall(0, "read")
            .toolArguments(0, "{\"file\":\"bad.txt\"}")
            .finish("tool_calls")
            .usage()
            .done()
            .end();

    FakeOpenRouter upstream;

    private static Response ask(Dialect dialect, String verify, String body) {
        return given().contentType("application/json")
                .header("X-FreeRouter-Verify", verify)
                .body(body)
                .post("/v1" + dialect.path());
    }

    private static String body(Dialect dialect) {
        return switch (dialect) {
            case RESPONSES -> "{\"model\":\"auto\",\"stream\":true,\"input\":\"Hi\"}";
            case MESSAGES -> Gateway.body("auto", true).replaceFirst("\\{", "{\"max_tokens\":99,");
            case COMPLETIONS -> "{\"model\":\"auto\",\"stream\":true,\"prompt\":\"Hi\"}";
            default -> Gateway.body("auto", true);
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "RESPONSES", "MESSAGES", "COMPLETIONS"})
    void a_whole_stream_that_breaks_is_answered_by_the_next_model(Dialect dialect) {
        List<String> pool = Pool.of(upstream, CUT, CannedAnswers.answers("All of it"));
        Response response = ask(dialect, "answer", body(dialect));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("X-FreeRouter-Model")).isEqualTo(pool.get(1));
        assertThat(Gateway.text(response)).contains("All").doesNotContain("First half");
        assertThat(upstream.asked()).isEqualTo(pool);
    }

    @Test
    void if_every_whole_stream_breaks_the_answer_is_an_error_with_its_own_status() {
        Pool.of(upstream, CUT, CUT);
        Response response = ask(Dialect.CHAT, "Answer", Gateway.body("auto", true));
        Gateway.assertError(response, 502, "all_attempts_failed");
    }

    @Test
    void off_hands_every_call_on_as_it_came() {
        for (boolean stream : new boolean[] {true, false}) {
            Pool.of(upstream, UNSOUND, CannedAnswers.answers("Never"));
            String body = Gateway.body("auto", stream).replaceFirst("}$", TOOLS);
            assertThat(Gateway.text(ask(Dialect.CHAT, "off", body))).contains("bad.txt");
        }
    }

    @Test
    void after_thoughts_an_unsound_call_leads_to_the_next_model_only_if_the_whole_stream_is_held() {
        AnswerScript thinking = AnswerScript.begin()
                .reasoning("First I read it.")
                .toolCall(0, "read")
                .toolArguments(0, "{\"file\":\"bad.txt\"}")
                .finish("tool_calls")
                .usage()
                .done()
                .end();
        String body = Gateway.body("auto", true).replaceFirst("}$", TOOLS);
        Pool.of(upstream, thinking, CannedAnswers.answers("Well"));
        assertThat(Gateway.text(ask(Dialect.CHAT, "tools", body))).contains("First I read it.", "bad.txt");
        Pool.of(upstream, thinking, CannedAnswers.answers("Well"));
        assertThat(Gateway.text(ask(Dialect.CHAT, "answer", body)))
                .contains("Well")
                .doesNotContain("First I read it.", "bad.txt");
    }

    @Test
    void tools_checks_calls_and_lets_the_text_flow() {
        Pool.of(upstream, UNSOUND, CannedAnswers.answers("Well"));
        String body = Gateway.body("auto", true).replaceFirst("}$", TOOLS);
        assertThat(Gateway.text(ask(Dialect.CHAT, "tools", body)))
                .contains("Well")
                .doesNotContain("bad.txt");
    }

    @Test
    void another_word_is_refused() {
        Response response = ask(Dialect.CHAT, "all", Gateway.body("auto", true));
        Gateway.assertError(response, 400, "invalid_header");
        assertThat(Gateway.text(response)).contains("X-FreeRouter-Verify must be answer, tools or off");
    }
}

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tool calls are checked before their caller gets them. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class ToolCallsTest {
    private static final AnswerScript SOUND = ending(AnswerScript.begin()
            .role()
            .toolCall(0, "read")
            .toolArguments(0, "{\"path\":")
            .toolArguments(0, "\"good.txt\"}"));
    private static final AnswerScript NO_PATH =
            ending(AnswerScript.begin().role().toolCall(0, "read").toolArguments(0, "{\"file\":\"bad.txt\"}"));

    FakeOpenRouter upstream;

    private static AnswerScript ending(AnswerScript begun) {
        return begun.finish("tool_calls").usage().done().end();
    }

    private static AnswerScript calling(AnswerScript begun, String name, String arguments) {
        return ending(begun.toolCall(0, name).toolArguments(0, arguments));
    }

    private static String body(Dialect dialect, boolean stream, String more) {
        String schema = "{\"type\":\"object\",\"required\":[\"path\"],\"properties\":{\"path\":{\"type\":\"string\"}}}";
        String rest =
                switch (dialect) {
                    case RESPONSES ->
                        "\"input\":\"Hi\",\"tools\":[{\"type\":\"function\",\"name\":\"read\",\"parameters\":" + schema
                                + "}]";
                    case MESSAGES ->
                        "\"max_tokens\":99,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                                + "\"tools\":[{\"name\":\"read\",\"input_schema\":" + schema + "}]";
                    default ->
                        "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"tools\":[{\"type\":\"function\","
                                + "\"function\":{\"name\":\"read\",\"parameters\":" + schema + "}}]";
                };
        return "{\"model\":\"auto\",\"stream\":" + stream + "," + rest + more + "}";
    }

    private static Response ask(Dialect dialect, boolean stream, String more) {
        return given().contentType("application/json")
                .body(body(dialect, stream, more).getBytes(StandardCharsets.UTF_8))
                .post("/v1" + dialect.path());
    }

    private static String answer(Dialect dialect, boolean stream) {
        Response response = ask(dialect, stream, "");
        assertThat(response.statusCode()).as(Gateway.text(response)).isEqualTo(200);
        return Gateway.text(response);
    }

    private static Stream<Arguments> waysToAsk() {
        return Stream.of(Dialect.CHAT, Dialect.RESPONSES, Dialect.MESSAGES)
                .flatMap(dialect -> Stream.of(true, false).map(stream -> Arguments.of(dialect, stream)));
    }

    @ParameterizedTest
    @MethodSource("waysToAsk")
    void a_sound_call_is_handed_on(Dialect dialect, boolean stream) {
        Pool.of(upstream, SOUND, CannedAnswers.answers("Never"));
        assertThat(answer(dialect, stream)).contains("good.txt");
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("waysToAsk")
    void after_an_unsound_call_the_next_model_answers_and_nothing_of_the_first_is_seen(
            Dialect dialect, boolean stream) {
        List<String> pool = Pool.of(upstream, NO_PATH, SOUND, CannedAnswers.answers("Never"));
        Response response = ask(dialect, stream, "");
        assertThat(Gateway.text(response)).contains("good.txt").doesNotContain("bad.txt");
        assertThat(response.header("X-FreeRouter-Model")).isEqualTo(pool.get(1));
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("2");
    }

    @ParameterizedTest
    @MethodSource("waysToAsk")
    void a_call_of_a_tool_that_was_not_declared_is_unsound(Dialect dialect, boolean stream) {
        Pool.of(upstream, calling(AnswerScript.begin(), "write", "{\"path\":\"bad.txt\"}"), SOUND);
        assertThat(answer(dialect, stream)).contains("good.txt").doesNotContain("bad.txt");
    }

    @ParameterizedTest
    @MethodSource("waysToAsk")
    void the_choice_of_tools_must_be_obeyed(Dialect dialect, boolean stream) {
        Pool.of(
                upstream,
                AnswerScript.begin().role().finish("stop").usage().done().end(),
                SOUND,
                CannedAnswers.answers("Never"));
        String choice = dialect == Dialect.MESSAGES ? "{\"type\":\"any\"}" : "\"required\"";
        Response response = ask(dialect, stream, ",\"tool_choice\":" + choice);
        assertThat(Gateway.text(response)).contains("good.txt");
        assertThat(upstream.asked()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_chat_that_promises_calls_and_has_none_is_unsound(boolean stream) {
        Pool.of(upstream, ending(AnswerScript.begin().role()), SOUND);
        assertThat(answer(Dialect.CHAT, stream)).contains("good.txt");
        assertThat(upstream.asked()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "RESPONSES", "MESSAGES"})
    void broken_arguments_are_repaired_after_text(Dialect dialect) {
        AnswerScript broken = AnswerScript.begin()
                .text("Let me see.")
                .toolCall(0, "read")
                .toolArguments(0, "{\"path\":")
                .toolArguments(0, "\"good.txt\",}");
        Pool.of(upstream, ending(broken), CannedAnswers.answers("Never"));
        assertThat(answer(dialect, true))
                .contains("Let me see.", "{\\\"path\\\":\\\"good.txt\\\"}")
                .doesNotContain(",}\"");
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_repair_that_cannot_change_the_meaning_costs_no_further_request(boolean stream) {
        Pool.of(
                upstream,
                calling(AnswerScript.begin(), "read", "{\"path\":\"good.txt\",}"),
                CannedAnswers.answers("Never"));
        assertThat(answer(Dialect.CHAT, stream)).contains("{\\\"path\\\":\\\"good.txt\\\"}");
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "RESPONSES", "MESSAGES"})
    void an_unsound_call_after_text_is_handed_on_as_it_came(Dialect dialect) {
        AnswerScript text = AnswerScript.begin().text("Let me see.");
        Pool.of(upstream, calling(text, "read", "{\"file\":\"bad.txt\"}"), CannedAnswers.answers("Never"));
        assertThat(answer(dialect, true)).contains("Let me see.", "bad.txt").doesNotContain("Never");
    }

    private static final AnswerScript AS_TEXT = AnswerScript.begin()
            .role()
            .text("Let me ")
            .text("see. <tool")
            .text("_call>{\"name\":\"read\",\"arguments\":{\"path\":\"good.txt\"}}")
            .text("</tool_call>")
            .finish("stop")
            .usage()
            .done()
            .end();

    @ParameterizedTest
    @MethodSource("waysToAsk")
    void a_call_that_is_written_as_text_becomes_a_call(Dialect dialect, boolean stream) {
        Pool.of(upstream, AS_TEXT, CannedAnswers.answers("Never"));
        Response response = ask(dialect, stream, "");
        String calls = dialect == Dialect.MESSAGES
                ? "\"tool_use\""
                : dialect == Dialect.CHAT ? "\"tool_calls\"" : "\"function_call\"";
        String arguments =
                dialect == Dialect.MESSAGES && !stream ? "{\"path\":\"good.txt\"}" : "{\\\"path\\\":\\\"good.txt\\\"}";
        assertThat(Gateway.text(response))
                .contains("Let me ", "see.", calls, arguments, "\"name\":\"read\"")
                .doesNotContain("tool_call>", "end_turn", ",\"finish_reason\":\"stop\"", "Never");
        assertThat(response.header("X-FreeRouter-Rescued")).isEqualTo(stream ? null : "tool_calls");
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("waysToAsk")
    void a_text_without_a_certain_call_stays_as_it_is(Dialect dialect, boolean stream) {
        AnswerScript about = AnswerScript.begin()
                .text("Write <tool")
                .text("_call>, then the call.")
                .finish("stop")
                .usage()
                .done()
                .end();
        Pool.of(upstream, about);
        assertThat(answer(dialect, stream)).contains("_call>, then the call.").doesNotContain("\"read\"");
    }

    @Test
    void a_stream_that_is_nothing_but_a_call_as_text_says_so_in_a_header() {
        AnswerScript bare = AnswerScript.begin()
                .role()
                .text("{\"name\": \"read\", \"argu")
                .text("ments\": {\"path\": \"good.txt\"}}")
                .finish("stop")
                .usage()
                .done()
                .end();
        Pool.of(upstream, bare);
        Response response = ask(Dialect.CHAT, true, "");
        assertThat(response.header("X-FreeRouter-Rescued")).isEqualTo("tool_calls");
        assertThat(Gateway.text(response)).contains("\"tool_calls\":[{").doesNotContain("\"content\":\"{");
    }

    @Test
    void if_no_model_calls_soundly_the_error_says_so() {
        Pool.of(upstream, NO_PATH, NO_PATH);
        Response response = ask(Dialect.CHAT, true, "");
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(Gateway.text(response))
                .contains("called tools in a way that cannot be used")
                .doesNotContain("bad.txt");
    }

    @Test
    void a_model_that_keeps_calling_unsoundly_is_asked_after_others() {
        Pool.of(upstream, NO_PATH, SOUND);
        for (int count = 0; count < 3; count++) {
            assertThat(answer(Dialect.CHAT, false)).contains("good.txt");
        }
        int before = upstream.asked().size();
        assertThat(answer(Dialect.CHAT, false)).contains("good.txt");
        assertThat(upstream.asked()).hasSize(before + 1);
    }

    @Test
    void a_request_without_tools_gets_whatever_the_model_says() {
        Pool.of(upstream, NO_PATH, CannedAnswers.answers("Never"));
        assertThat(Gateway.text(Gateway.auto(true))).contains("bad.txt");
    }
}

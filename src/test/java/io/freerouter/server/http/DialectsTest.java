package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.text;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.demo.CatalogRow;
import io.freerouter.demo.ReceivedRequest;
import io.freerouter.engine.Dialect;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the same in every dialect in which a model speaks. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class DialectsTest {
    private static final String MESSAGE = """
            event: message_start
            data: {"type":"message_start","message":{"content":[],"n":1.50,"x":{"ä":[]}}}

            event: ping
            data: {"type": "ping"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"🦊 ä"}}

            : a comment

            event: message_stop
            data: {"type":"message_stop"}

            """;

    private static final String RESPONSE = """
            event: response.created
            data: {"type":"response.created","sequence_number":0,"response":{"n":1.50,"x":{"ä":[]}}}

            id: 7
            event: response.output_text.delta
            data: {"type":"response.output_text.delta","sequence_number":1,"delta":"🦊 ä"}

            event: response.completed
            data: {"type":"response.completed","sequence_number":2,"response":{"output":[]}}

            """;

    private static final String TEXT = """
            data: {"object":"text_completion","n":1.50,"choices":[{"text":"🦊 ä","finish_reason":null}]}

            data: {"choices":[{"text":"","finish_reason":"stop"}]}

            data: [DONE]

            """;

    FakeOpenRouter upstream;

    /** A request, with the model's name and some more members to come. */
    private static String body(Dialect dialect) {
        String content =
                switch (dialect) {
                    case CHAT, MESSAGES -> "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
                    case COMPLETIONS -> "\"prompt\":\"Hi\"";
                    case EMBEDDINGS -> "\"input\":\"Hi\"";
                    case RESPONSES -> "\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
                };
        return "{\"model\" : \"%s\", \"top_k\" : 1.0," + content + "%s}";
    }

    private static Response post(Dialect dialect, String body) {
        return given().contentType("application/json")
                .header("x-api-key", "of-the-caller")
                .header("Authorization", "Bearer of-the-caller")
                .header("anthropic-version", "2023-06-01")
                .header("anthropic-beta", "some")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1" + dialect.path());
    }

    private static Response ask(Dialect dialect, String more) {
        return post(dialect, body(dialect).formatted("gpt-or-claude", more));
    }

    private static AnswerScript pieces(String text, int size) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        AnswerScript script = AnswerScript.begin();
        for (int from = 0; from < bytes.length; from += size) {
            script = script.raw(Arrays.copyOfRange(bytes, from, Math.min(from + size, bytes.length)));
        }
        return script;
    }

    private ReceivedRequest onlyCall() {
        List<ReceivedRequest> calls = upstream.chats();
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    private static String stream(Dialect dialect) {
        return switch (dialect) {
            case CHAT, COMPLETIONS, EMBEDDINGS -> TEXT;
            case RESPONSES -> RESPONSE;
            case MESSAGES -> MESSAGE;
        };
    }

    /** Streams of responses have to end so, whatever their upstream did. */
    private static String missingEnd(Dialect dialect) {
        return dialect == Dialect.RESPONSES ? "data: [DONE]\n\n" : "";
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "EMBEDDINGS", mode = EnumSource.Mode.EXCLUDE)
    void no_event_is_changed_wherever_a_stream_is_cut(Dialect dialect) {
        for (int size : List.of(1, 7, 1000)) {
            Pool.of(upstream, pieces(stream(dialect), size));
            assertThat(text(ask(dialect, ",\"stream\":true"))).isEqualTo(stream(dialect) + missingEnd(dialect));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "EMBEDDINGS", mode = EnumSource.Mode.EXCLUDE)
    void the_body_goes_to_the_dialects_own_path_unchanged_but_for_the_model(Dialect dialect) {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("Hello"));
        assertThat(ask(dialect, "").statusCode()).isEqualTo(200);
        assertThat(onlyCall().path()).isEqualTo("/api/v1" + dialect.path());
        assertThat(new String(onlyCall().body(), StandardCharsets.UTF_8))
                .isEqualTo(body(dialect).formatted(pool.get(0), ""));
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "EMBEDDINGS", mode = EnumSource.Mode.EXCLUDE)
    void the_callers_key_stays_here_and_ours_goes_out(Dialect dialect) {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        ask(dialect, "");
        assertThat(onlyCall().headers("Authorization")).containsExactly("Bearer " + FakeUpstream.KEY);
        assertThat(onlyCall().header("x-api-key")).isEmpty();
        assertThat(onlyCall().header("anthropic-beta").isPresent()).isEqualTo(dialect == Dialect.MESSAGES);
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "EMBEDDINGS", mode = EnumSource.Mode.EXCLUDE)
    void a_model_whose_name_promises_nothing_is_asked_to_cost_nothing(Dialect dialect) {
        String plain = Pool.freshId().replace(":free", "");
        upstream.reset();
        upstream.script(plain, CannedAnswers.answers("Hello"));
        Pool.list(upstream, CatalogRow.free(plain, 1_000));
        ask(dialect, "");
        assertThat(new String(onlyCall().body(), StandardCharsets.UTF_8)).contains("\"provider\":{\"max_price\":{");
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "EMBEDDINGS", mode = EnumSource.Mode.EXCLUDE)
    void an_answer_that_says_nothing_is_none(Dialect dialect) {
        Pool.of(upstream, CannedTestAnswers.emptyStream(), CannedAnswers.answers("Rescued"));
        assertThat(text(ask(dialect, ",\"stream\":true"))).contains("Rescued");
        Pool.of(upstream, CannedTestAnswers.emptyStream(), CannedAnswers.answers("Rescued"));
        assertThat(text(ask(dialect, ""))).contains("Rescued");
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "EMBEDDINGS", mode = EnumSource.Mode.EXCLUDE)
    void a_refusal_tells_how_many_were_asked_and_when_to_come_again(Dialect dialect) {
        Pool.of(upstream, CannedTestAnswers.rateLimited(30), CannedTestAnswers.rateLimited(40));
        Response response = ask(dialect, "");
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("2");
        assertThat(response.jsonPath().getString("error.message")).startsWith("No free model answered: ");
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "EMBEDDINGS", mode = EnumSource.Mode.EXCLUDE)
    void the_upstreams_own_words_on_a_bad_request_go_through(Dialect dialect) {
        Pool.of(upstream, CannedAnswers.badRequest("temperature must be below 2"), CannedAnswers.answers("Never"));
        Response response = ask(dialect, "");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("error.message")).isEqualTo("temperature must be below 2");
    }

    @ParameterizedTest
    @CsvSource({"GET,application/json,405", "POST,text/plain,415"})
    void what_the_server_refuses_is_told_in_the_dialect(String method, String contentType, int status) {
        Response response = given().contentType(contentType).body("{}").request(method, "/v1/messages");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.jsonPath().getString("type")).isEqualTo("error");
        assertThat(response.jsonPath().getString("error.type")).isEqualTo("invalid_request_error");
    }

    @Test
    void tokens_are_counted_without_asking_anybody() {
        Pool.of(upstream, CannedAnswers.answers("Never"));
        Response response = given().contentType("application/json")
                .body("{\"model\":\"claude-x\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(400)
                        + "\"}]}")
                .post("/v1/messages/count_tokens");
        assertThat(response.jsonPath().getInt("input_tokens")).isBetween(100, 110);
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void models_are_listed_as_anthropics_for_those_who_speak_so() {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("Hello"));
        Response list = given().header("anthropic-version", "2023-06-01").get("/v1/models");
        assertThat(list.jsonPath().getList("data.type")).containsOnly("model");
        assertThat(list.jsonPath().getList("data.id"))
                .containsExactly("auto", pool.get(0), "claude-auto", "claude/" + pool.get(0));
        assertThat(list.jsonPath().getString("data[1].created_at")).isEqualTo("2026-05-28T20:26:40Z");
        assertThat(list.jsonPath().getBoolean("has_more")).isFalse();
        assertThat(list.jsonPath().getString("first_id")).isEqualTo("auto");
        assertThat(list.jsonPath().getString("last_id")).isEqualTo("claude/" + pool.get(0));
    }

    /** Claude Code's picker ignores all other names. */
    @Test
    void each_name_that_begins_with_claude_can_be_asked_for() {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("First"), CannedAnswers.answers("Second"));
        List<String> names = given().header("anthropic-version", "2023-06-01")
                .get("/v1/models")
                .jsonPath()
                .getList("data.id");
        List<String> claudes =
                names.stream().filter(name -> name.startsWith("claude")).toList();
        assertThat(claudes).containsExactly("claude-auto", "claude/" + pool.get(0), "claude/" + pool.get(1));
        for (String name : claudes) {
            Response one = given().header("anthropic-version", "2023-06-01").get("/v1/models/" + name);
            assertThat(one.jsonPath().getString("id")).isEqualTo(name);
            assertThat(one.jsonPath().getString("display_name")).isNotEmpty();
            Response answer = given().contentType("application/json")
                    .body("{\"model\":\"" + name
                            + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                    .post("/v1/messages");
            assertThat(answer.header("X-FreeRouter-Model"))
                    .isEqualTo(name.equals("claude-auto") ? pool.get(0) : name.substring("claude/".length()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "no/such-model"})
    void a_model_is_told_or_missed_as_anthropics_for_those_who_speak_so(String id) {
        Response one = given().header("anthropic-version", "2023-06-01").get("/v1/models/" + id);
        assertThat(one.jsonPath().getString("type")).isEqualTo(id.equals("auto") ? "model" : "error");
    }
}

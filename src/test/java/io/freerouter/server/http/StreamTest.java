package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
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
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class StreamTest {
    private static final String CHUNK =
            "data: {\"id\":\"1\",\"n\":1.50,\"x\":{\"ä\":[]},\"choices\":[{\"delta\":{\"content\":\"🦊 ä\"}}]}\n\n";
    private static final String LAST = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    FakeOpenRouter upstream;

    @Test
    void a_question_gets_a_stream_of_events() {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("Hello there"));
        Response response = Gateway.auto(true);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.contentType()).startsWith("text/event-stream");
        assertThat(response.header("X-FreeRouter-Model")).isEqualTo(pool.get(0));
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("1");
        assertThat(text(response)).contains("\"content\":\"Hello \"").endsWith(DONE);
    }

    @Test
    void no_chunk_is_changed() {
        Pool.of(upstream, AnswerScript.begin().raw(CHUNK + CHUNK).raw(LAST).raw(DONE));
        assertThat(text(Gateway.auto(true))).isEqualTo(CHUNK + CHUNK + LAST + DONE);
    }

    @Test
    void a_complete_answer_gets_the_end_mark_that_the_upstream_left_out() {
        Pool.of(upstream, AnswerScript.begin().raw(CHUNK).raw(LAST));
        assertThat(text(Gateway.auto(true))).isEqualTo(CHUNK + LAST + DONE);
    }

    @Test
    void nothing_comes_after_done() {
        Pool.of(
                upstream,
                AnswerScript.begin().raw(CHUNK + LAST + DONE).raw(CHUNK).hang());
        assertThat(text(Gateway.auto(true))).isEqualTo(CHUNK + LAST + DONE);
    }

    @Test
    void comments_disturb_nothing() {
        AnswerScript script = AnswerScript.begin()
                .comment()
                .comment()
                .raw(CHUNK)
                .comment()
                .raw(LAST)
                .comment()
                .raw(DONE);
        Pool.of(upstream, script);
        List<String> data = Gateway.data(Gateway.auto(true));
        assertThat(data.stream().map(event -> "data: " + event + "\n\n")).containsExactly(CHUNK, LAST, DONE);
    }

    @Test
    void chunks_without_a_token_come_too_and_before_it() {
        String role = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
        Pool.of(upstream, AnswerScript.begin().raw(role).raw(role).raw(CHUNK + LAST + DONE));
        assertThat(text(Gateway.auto(true))).isEqualTo(role + role + CHUNK + LAST + DONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64})
    void a_stream_may_be_cut_into_pieces_anywhere(int size) {
        byte[] bytes = (CHUNK + CHUNK + LAST + DONE).getBytes(StandardCharsets.UTF_8);
        Pool.of(upstream, pieces(bytes, size));
        assertThat(Gateway.auto(true).asByteArray()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r", "\n"})
    void lines_may_end_in_any_way(String end) {
        byte[] bytes = (CHUNK + LAST + DONE).replace("\n", end).getBytes(StandardCharsets.UTF_8);
        Pool.of(upstream, pieces(bytes, 1));
        String text = text(Gateway.auto(true)).replace("\r\n", "\n").replace('\r', '\n');
        assertThat(text).isEqualTo(CHUNK + LAST + DONE);
    }

    @Test
    void data_may_take_several_lines() {
        String event = "event: message\ndata: {\"choices\":\ndata: [{\"delta\":{\"content\":\"a\"}}]}\nid: 7\n\n";
        Pool.of(upstream, pieces((event + LAST + DONE).getBytes(StandardCharsets.UTF_8), 4));
        assertThat(text(Gateway.auto(true))).isEqualTo(event + LAST + DONE);
    }

    @Test
    void each_token_comes_as_soon_as_the_upstream_has_said_it() throws Exception {
        Pool.of(upstream, AnswerScript.begin().raw(CHUNK).hang());
        try (RawCall call = RawCall.chat(Gateway.body("auto", true))) {
            assertThat(call.readUntil("🦊 ä\"}}]}\n\n")).startsWith("HTTP/1.1 200 OK");
            assertThat(upstream.openCalls()).isEqualTo(1);
        }
    }

    @Test
    void a_tool_call_is_a_token() {
        Pool.of(upstream, CannedAnswers.callsTool("look", "{\"a\":1}"));
        assertThat(text(Gateway.auto(true)))
                .contains("tool_calls", "\"name\":\"look\"")
                .endsWith(DONE);
    }

    @Test
    void a_thought_is_a_token() throws Exception {
        Pool.of(upstream, AnswerScript.begin().reasoning("Hm").hang());
        assertThat(Gateway.untilClosed(Gateway.body("auto", true))).startsWith("HTTP/1.1 200");
    }

    private static AnswerScript pieces(byte[] bytes, int size) {
        AnswerScript script = AnswerScript.begin();
        for (int from = 0; from < bytes.length; from += size) {
            script = script.raw(Arrays.copyOfRange(bytes, from, Math.min(from + size, bytes.length)));
        }
        return script;
    }
}

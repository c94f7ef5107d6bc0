package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After the first token there is no other model: a caller gets to know of a break, whatever it reads. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class BrokenStreamTest {
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
    private static final String ERROR = "data: {\"error\":{\"code\":502,\"message\":\"It broke\"},\"choices\":[]}\n\n";

    FakeOpenRouter upstream;

    private String streamed(AnswerScript first) throws Exception {
        Pool.of(upstream, first, CannedAnswers.answers("Never"));
        return Gateway.untilClosed(Gateway.body("auto", true));
    }

    static List<Named<AnswerScript>> breaks() {
        return List.of(
                Named.of("a reset", CannedAnswers.breaksAfter("Well")),
                Named.of(
                        "an end without a finish",
                        AnswerScript.begin().text("Well").end()),
                Named.of("a silence", AnswerScript.begin().text("Well").hang()),
                Named.of(
                        "no JSON",
                        AnswerScript.begin().text("Well").raw("data: oops\n\n").hang()),
                Named.of(
                        "half an event",
                        AnswerScript.begin()
                                .text("Well")
                                .raw("data: {\"choices\":[")
                                .end()),
                Named.of("an error event in plain words", error("event: error\ndata: upstream died")),
                Named.of("an error event without an error object", error("event: error\ndata: {\"detail\":\"boo\"}")),
                Named.of("an object that is an error", error("data: {\"object\":\"error\",\"message\":\"boo\"}")),
                Named.of("an error that is a number", error("data: {\"error\":500}")),
                Named.of("an error that is a list", error("data: {\"error\":[\"boo\"]}")),
                Named.of(
                        "a silent error",
                        AnswerScript.begin().text("Well").finish("error").done()));
    }

    /** An error that comes before what would be a good end. */
    private static AnswerScript error(String event) {
        return AnswerScript.begin()
                .text("Well")
                .raw(event + "\n\n")
                .finish("other")
                .done();
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void a_break_becomes_one_error_event_and_a_broken_connection(AnswerScript broken) throws Exception {
        String stream = streamed(broken);
        assertThat(stream).startsWith("HTTP/1.1 200").contains("\"content\":\"Well\"");
        assertThat(stream).containsOnlyOnce("data: {\"error\":{").contains("stream_broken");
        assertThat(stream).doesNotEndWith(LAST_CHUNK);
        assertThat(stream).doesNotContain("[DONE]", "\"finish_reason\":\"stop\"", "Never");
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void the_upstreams_own_error_event_is_handed_on_and_is_the_last() throws Exception {
        String stream = streamed(
                AnswerScript.begin().text("Well").raw(ERROR).text("more").done());
        assertThat(stream)
                .contains(ERROR.strip())
                .containsOnlyOnce("\"error\":")
                .doesNotEndWith(LAST_CHUNK);
        assertThat(stream).doesNotContain("[DONE]", "more");
    }

    @Test
    void an_answer_that_has_finished_needs_no_end_mark() throws Exception {
        String stream =
                streamed(AnswerScript.begin().text("Well").finish("stop").hang());
        assertThat(stream).endsWith(LAST_CHUNK).contains("\"content\":\"Well\"", "\"finish_reason\":\"stop\"");
        assertThat(stream).containsOnlyOnce("data: [DONE]\n\n").doesNotContain("\"error\"", "Never");
        upstream.awaitAbortedCalls(1, Duration.ofSeconds(1));
    }

    @Test
    void a_model_that_broke_off_rests() throws Exception {
        List<String> pool = Pool.of(upstream, CannedAnswers.breaksAfter("Well"), CannedAnswers.answers("Hello"));
        for (int i = 0; i < 2; i++) {
            Gateway.untilClosed(Gateway.body("auto", true));
        }
        assertThat(upstream.asked()).isEqualTo(pool);
    }

    @Test
    void a_silent_stream_is_closed_at_the_upstream_too() throws Exception {
        streamed(AnswerScript.begin().text("Well").hang());
        upstream.awaitAbortedCalls(1, Duration.ofSeconds(1));
    }
}

package io.freerouter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.Script;
import io.freerouter.demo.Scripts;
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

/** After the first token there is no other model: a break is told as it is. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class BrokenStreamTest {
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
    private static final String ERROR = "data: {\"error\":{\"code\":502,\"message\":\"It broke\"},\"choices\":[]}\n\n";

    FakeOpenRouter upstream;

    private String streamed(Script first) throws Exception {
        Pool.of(upstream, first, Scripts.answers("Never"));
        try (RawCall call = RawCall.chat(Gateway.body("auto", true))) {
            return call.readUntil(LAST_CHUNK);
        }
    }

    static List<Named<Script>> breaks() {
        return List.of(
                Named.of("a reset", Scripts.breaksAfter("Well")),
                Named.of("an end without a finish", Script.begin().text("Well").end()),
                Named.of("a silence", Script.begin().text("Well").hang()),
                Named.of(
                        "no JSON",
                        Script.begin().text("Well").raw("data: oops\n\n").hang()),
                Named.of(
                        "half an event",
                        Script.begin().text("Well").raw("data: {\"choices\":[").end()),
                Named.of(
                        "a silent error",
                        Script.begin().text("Well").finish("error").done()));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void a_break_becomes_one_error_event_and_a_proper_end(Script broken) throws Exception {
        String stream = streamed(broken);
        assertThat(stream).startsWith("HTTP/1.1 200").contains("\"content\":\"Well\"");
        assertThat(stream).containsOnlyOnce("data: {\"error\":{").contains("stream_broken");
        assertThat(stream).doesNotContain("[DONE]", "\"finish_reason\":\"stop\"", "Never");
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void the_upstreams_own_error_event_is_handed_on_and_is_the_last() throws Exception {
        String stream =
                streamed(Script.begin().text("Well").raw(ERROR).text("more").done());
        assertThat(stream).contains(ERROR.strip()).containsOnlyOnce("\"error\":");
        assertThat(stream).doesNotContain("[DONE]", "more");
    }

    @Test
    void an_answer_that_has_finished_needs_no_end_mark() throws Exception {
        String stream = streamed(Script.begin().text("Well").finish("stop").hang());
        assertThat(stream).contains("\"content\":\"Well\"", "\"finish_reason\":\"stop\"");
        assertThat(stream).doesNotContain("\"error\"", "[DONE]", "Never");
        upstream.awaitAbortedCalls(1, Duration.ofSeconds(1));
    }

    @Test
    void a_model_that_broke_off_rests() throws Exception {
        List<String> pool = Pool.of(upstream, Scripts.breaksAfter("Well"), Scripts.answers("Hello"));
        Gateway.auto(true);
        Gateway.auto(true);
        assertThat(upstream.asked()).isEqualTo(pool);
    }

    @Test
    void a_silent_stream_is_closed_at_the_upstream_too() throws Exception {
        streamed(Script.begin().text("Well").hang());
        upstream.awaitAbortedCalls(1, Duration.ofSeconds(1));
    }
}

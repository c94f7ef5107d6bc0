package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class SlowReaderTest {
    /** More than the idle limit. */
    private static final Duration NAP = Duration.ofMillis(2500);

    private static final int CHUNKS = 640;
    private static final String CHUNK =
            "data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(100_000) + "\"}}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    FakeOpenRouter upstream;

    @Test
    void a_caller_who_does_not_read_holds_the_upstream_up_and_loses_nothing() throws Exception {
        Pool.of(upstream, much());
        try (RawCall slow = RawCall.chat(Gateway.body("auto", true))) {
            upstream.awaitOpenCalls(1, NAP);
            assertThatThrownBy(() -> upstream.awaitOpenCalls(0, NAP)).hasMessageContaining("1");
            slow.skip(CHUNKS * CHUNK.length());
            assertThat(slow.readUntil("\r\n0\r\n\r\n")).contains(DONE).doesNotContain("error");
        }
    }

    @Test
    void others_are_served_meanwhile() throws Exception {
        String slowModel =
                Pool.of(upstream, much(), CannedAnswers.answers("Hello")).get(0);
        String quickModel = Pool.models().get(1);
        try (RawCall slow = RawCall.chat(Gateway.body(slowModel, true))) {
            slow.readUntil("xxx");
            for (int i = 0; i < 20; i++) {
                assertThat(Gateway.text(Gateway.post(Gateway.body(quickModel, true))))
                        .endsWith(DONE);
            }
        }
        upstream.awaitOpenCalls(0, Duration.ofSeconds(1));
    }

    private static AnswerScript much() {
        AnswerScript much = AnswerScript.begin();
        for (int i = 0; i < CHUNKS; i++) {
            much = much.raw(CHUNK);
        }
        return much.raw(DONE);
    }
}

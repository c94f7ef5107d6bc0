package io.freerouter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.Script;
import io.freerouter.demo.Scripts;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "freerouter.race.first-token-timeout", value = "60s"),
            @ResourceArg(name = "freerouter.race.idle-timeout", value = "60s"),
            @ResourceArg(name = "freerouter.request-timeout", value = "60s"),
            @ResourceArg(name = "freerouter.strategy", value = "fallback")
        })
class LeavingCallerTest {
    /** Much less than the limits that would close a call anyway. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int MANY = 50;

    FakeOpenRouter upstream;

    private void assertClosedSoon(int calls) {
        upstream.awaitAbortedCalls(calls, PATIENCE);
        assertThat(upstream.openCalls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leaving_before_the_answer_begins_closes_the_upstream_call(boolean stream) throws Exception {
        List<String> pool = Pool.of(upstream, Scripts.hangs(), Scripts.answers("Never"));
        RawCall call = RawCall.chat(Gateway.body("auto", stream));
        upstream.awaitOpenCalls(1, PATIENCE);
        call.close();
        assertClosedSoon(1);
        assertThat(upstream.asked()).containsExactly(pool.get(0));
    }

    @Test
    void leaving_between_the_head_and_the_first_token_closes_the_upstream_call() throws Exception {
        Pool.of(upstream, Script.begin().comment().role().hang());
        RawCall call = RawCall.chat(Gateway.body("auto", true));
        upstream.awaitOpenCalls(1, PATIENCE);
        call.close();
        assertClosedSoon(1);
    }

    @Test
    void leaving_in_the_middle_of_a_stream_closes_the_upstream_call() throws Exception {
        Pool.of(upstream, Script.begin().text("Well").hang());
        try (RawCall call = RawCall.chat(Gateway.body("auto", true))) {
            call.readUntil("Well");
        }
        assertClosedSoon(1);
    }

    @Test
    void leaving_after_a_fallback_closes_the_upstream_call() throws Exception {
        Pool.of(upstream, Scripts.rateLimited(), Scripts.hangs());
        RawCall call = RawCall.chat(Gateway.body("auto", true));
        upstream.awaitAsked(2, PATIENCE);
        call.close();
        assertClosedSoon(1);
    }

    @Test
    void who_leaves_in_the_middle_of_a_large_body_disturbs_nobody() throws Exception {
        Pool.of(upstream, Scripts.answers("Hello"));
        try (RawCall call = RawCall.of("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n"
                + "Content-Type: application/json\r\n\r\n{\"messages\":\"")) {
            call.send("x".repeat(100_000));
        }
        assertThat(Gateway.auto(false).statusCode()).isEqualTo(200);
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void a_model_whose_caller_left_does_not_rest_for_it() throws Exception {
        List<String> pool = Pool.of(upstream, Scripts.hangs(), Scripts.answers("Never"));
        RawCall call = RawCall.chat(Gateway.body("auto", true));
        upstream.awaitOpenCalls(1, PATIENCE);
        call.close();
        assertClosedSoon(1);
        upstream.script(pool.get(0), Scripts.answers("Hello"));
        Gateway.auto(true);
        assertThat(upstream.asked()).containsExactly(pool.get(0), pool.get(0));
    }

    @Test
    void many_who_leave_take_nothing_from_those_who_stay() throws Exception {
        String words = "One two three four five six seven eight nine ten";
        List<String> pool = Pool.of(upstream, Scripts.answers(words, Duration.ofMillis(20)), Scripts.hangs());
        String stay = Gateway.body(pool.get(0), true);
        List<CompletableFuture<String>> staying = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            staying.add(CompletableFuture.supplyAsync(() -> wholeStream(stay)));
            try (RawCall leaving = RawCall.chat(Gateway.body(pool.get(i % 2), i % 3 > 0))) {
                if (i % 6 == 2) {
                    leaving.readUntil("data: ");
                }
            }
        }
        for (CompletableFuture<String> stayed : staying) {
            assertThat(stayed.get()).isEqualTo(words);
        }
        upstream.awaitOpenCalls(0, PATIENCE);
    }

    private static String wholeStream(String body) {
        try (RawCall call = RawCall.chat(body)) {
            return StreamedText.of(call.readUntil("data: [DONE]\n\n"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}

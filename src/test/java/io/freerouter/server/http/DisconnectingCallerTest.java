package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
class DisconnectingCallerTest {
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
        List<String> pool = Pool.of(upstream, CannedAnswers.hangs(), CannedAnswers.answers("Never"));
        RawCall call = RawCall.chat(Gateway.body("auto", stream));
        upstream.awaitOpenCalls(1, PATIENCE);
        call.close();
        assertClosedSoon(1);
        assertThat(upstream.asked()).containsExactly(pool.get(0));
    }

    @Test
    void leaving_between_the_head_and_the_first_token_closes_the_upstream_call() throws Exception {
        Pool.of(upstream, AnswerScript.begin().comment().role().hang());
        RawCall call = RawCall.chat(Gateway.body("auto", true));
        upstream.awaitOpenCalls(1, PATIENCE);
        call.close();
        assertClosedSoon(1);
    }

    @Test
    void leaving_in_the_middle_of_a_stream_closes_the_upstream_call() throws Exception {
        Pool.of(upstream, AnswerScript.begin().text("Well").hang());
        try (RawCall call = RawCall.chat(Gateway.body("auto", true))) {
            call.readUntil("Well");
        }
        assertClosedSoon(1);
    }

    /** Vert.x has no response yet for a request that waits for the response before it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{",
                "POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: local",
                "no request\r\n\r\n"
            })
    void leaving_behind_a_part_of_the_next_request_closes_the_upstream_call(String next) throws Exception {
        Pool.of(upstream, AnswerScript.begin().text("Well").hang());
        try (RawCall call = RawCall.chat(Gateway.body("auto", true))) {
            call.readUntil("Well");
            call.send(next);
            assertThat(Pool.models()).hasSize(1);
        }
        assertClosedSoon(1);
        assertThat(upstream.asked()).hasSize(1);
    }

    /** However much of the next request has come, the connection is read on. */
    @ParameterizedTest
    @ValueSource(ints = {20_000, 60_000, 1_000_000})
    void leaving_behind_a_large_part_of_the_next_request_closes_the_upstream_call(int sent) throws Exception {
        Pool.of(upstream, AnswerScript.begin().text("Well").hang());
        try (RawCall call = RawCall.chat(Gateway.body("auto", true))) {
            call.readUntil("Well");
            call.send("POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                call.send("x".repeat(sent / 20));
                assertThat(Pool.models()).hasSize(1);
            }
        }
        assertClosedSoon(1);
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void leaving_right_behind_the_last_byte_of_a_large_body_leaves_no_upstream_call() throws Exception {
        Pool.of(upstream, CannedAnswers.slow(Duration.ofSeconds(40), "Never"));
        byte[] body =
                Gateway.body("auto", true).replace("Hi", "x".repeat(20_000_000)).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20; i++) {
            try (RawCall call = RawCall.of("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")) {
                call.send(body);
            }
        }
        assertThat(Pool.models()).hasSize(1);
        upstream.awaitOpenCalls(0, PATIENCE);
        upstream.awaitAbortedCalls(upstream.asked().size(), PATIENCE);
    }

    @Test
    void leaving_after_a_fallback_closes_the_upstream_call() throws Exception {
        Pool.of(upstream, CannedAnswers.rateLimited(), CannedAnswers.hangs());
        RawCall call = RawCall.chat(Gateway.body("auto", true));
        upstream.awaitAsked(2, PATIENCE);
        call.close();
        assertClosedSoon(1);
    }

    @Test
    void who_leaves_in_the_middle_of_a_large_body_disturbs_nobody() throws Exception {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        try (RawCall call =
                RawCall.of("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n"
                        + "Content-Type: application/json\r\n\r\n{\"messages\":\"")) {
            call.send("x".repeat(100_000));
        }
        assertThat(Gateway.auto(false).statusCode()).isEqualTo(200);
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void a_model_whose_caller_left_does_not_rest_for_it() throws Exception {
        List<String> pool = Pool.of(upstream, CannedAnswers.hangs(), CannedAnswers.answers("Never"));
        RawCall call = RawCall.chat(Gateway.body("auto", true));
        upstream.awaitOpenCalls(1, PATIENCE);
        call.close();
        assertClosedSoon(1);
        upstream.script(pool.get(0), CannedAnswers.answers("Hello"));
        Gateway.auto(true);
        assertThat(upstream.asked()).containsExactly(pool.get(0), pool.get(0));
    }

    @Test
    void many_who_leave_take_nothing_from_those_who_stay() throws Exception {
        String words = "One two three four five six seven eight nine ten";
        List<String> pool =
                Pool.of(upstream, CannedAnswers.answers(words, Duration.ofMillis(20)), CannedAnswers.hangs());
        String stay = Gateway.body(pool.get(0), true);
        List<CompletableFuture<String>> staying = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            staying.add(CompletableFuture.supplyAsync(() -> wholeStream(stay), task -> new Thread(task).start()));
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

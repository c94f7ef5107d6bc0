package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody can hold the memory for bodies by sending a body too slowly. */
@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "freerouter.http.body-timeout", value = "1s"),
            @ResourceArg(name = "freerouter.http.max-bodies-memory", value = "10M")
        })
class SlowSenderTest {
    private static final int LARGE = 9_000_000;

    FakeOpenRouter upstream;

    @BeforeEach
    void ready() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
    }

    private static String head(String path, String headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                + "\r\n\r\n";
    }

    /** Sends one piece after the other until the connection is closed. */
    private static CompletableFuture<Void> drip(RawCall call, String piece) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        while (Pool.models().size() == 1) {
                            call.send(piece);
                        }
                    } catch (IOException closed) {
                        assertThat(closed).isNotNull();
                    }
                },
                task -> new Thread(task).start());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions|Content-Length: 9000000|{\"error\":{\"message\"",
                "/v1/chat/completions|Content-Length: 100000|{\"error\":{\"message\"",
                "/v1/embeddings|Transfer-Encoding: chunked|{\"error\":{\"message\"",
                "/v1/messages|Content-Length: 9000000|{\"type\":\"error\""
            })
    void a_sender_that_drips_is_refused(String path, String header, String said) throws Exception {
        try (RawCall call = RawCall.of(head(path, header))) {
            CompletableFuture<Void> sending = drip(call, header.startsWith("T") ? "1\r\nx\r\n" : "x");
            assertThat(call.readUntil("bytes a second"))
                    .startsWith("HTTP/1.1 408")
                    .contains(said)
                    .containsIgnoringCase("\r\nconnection: close\r\n");
            call.close();
            sending.join();
        }
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void a_sender_that_is_silent_is_refused() throws Exception {
        try (RawCall call = RawCall.of(head("/v1/chat/completions", "Content-Length: 9000000") + "{")) {
            assertThat(call.readRest()).startsWith("HTTP/1.1 408").contains("body_timeout");
        }
    }

    @Test
    void many_senders_that_drip_do_not_lock_others_out() throws Exception {
        List<RawCall> slow = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            slow.add(RawCall.of(head("/v1/chat/completions", "Content-Length: " + LARGE) + "{"));
        }
        String body = Gateway.body("auto", false);
        String large = body + " ".repeat(LARGE - body.length());
        for (int tries = 0; tries < 1000 && upstream.asked().isEmpty(); tries++) {
            Gateway.post(large);
        }
        assertThat(upstream.asked()).hasSize(1);
        for (RawCall call : slow) {
            call.close();
        }
    }

    @Test
    void a_body_that_comes_in_time_is_taken() throws Exception {
        String body = Gateway.body("auto", false);
        try (RawCall call = RawCall.of(head("/v1/chat/completions", "Content-Length: " + body.length()))) {
            for (char unit : body.toCharArray()) {
                call.send(String.valueOf(unit));
            }
            assertThat(call.readUntil("}}")).startsWith("HTTP/1.1 200");
        }
    }
}

package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bodies of all requests under way take only so much memory. */
@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "freerouter.http.max-bodies-memory", value = "10M"),
            @ResourceArg(name = "freerouter.race.first-token-timeout", value = "60s"),
            @ResourceArg(name = "freerouter.request-timeout", value = "60s"),
            @ResourceArg(name = "freerouter.strategy", value = "fallback")
        })
class BodiesMemoryTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MEGA = 1024 * 1024;
    private static final String HEAD =
            "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    FakeOpenRouter upstream;

    @BeforeEach
    void every_model_is_silent() {
        Pool.of(upstream, CannedAnswers.hangs());
    }

    private static String body(int length) {
        String request = Gateway.body("auto", false);
        return request + " ".repeat(length - request.length());
    }

    private static void assertRefused(RawCall call) throws IOException {
        assertThat(call.readUntil("}}"))
                .startsWith("HTTP/1.1 503")
                .contains("\"code\":\"out_of_memory\"")
                .containsIgnoringCase("\r\nretry-after: 1\r\n")
                .containsIgnoringCase("\r\nconnection: close\r\n");
    }

    private static String announced(int length) {
        return HEAD + "Content-Length: " + length + "\r\n\r\n";
    }

    @Test
    void a_body_for_which_there_is_no_room_is_refused_before_it_is_read() throws Exception {
        try (RawCall first = RawCall.chat(body(6 * MEGA))) {
            upstream.awaitOpenCalls(1, SOON);
            try (RawCall second = RawCall.of(announced(6 * MEGA))) {
                assertRefused(second);
            }
            try (RawCall third = RawCall.chat(body(6 * MEGA))) {
                assertRefused(third);
            }
            first.close();
        }
        upstream.awaitOpenCalls(0, SOON);
        assertThat(upstream.asked()).hasSize(1);
        assertFits(6 * MEGA);
    }

    /** The memory is given back a moment after the caller has left. */
    private void assertFits(int length) throws Exception {
        int asked = upstream.asked().size();
        String body = body(length);
        for (int tries = 0; tries < 200 && upstream.asked().size() == asked; tries++) {
            try (RawCall call = RawCall.of(HEAD + "Content-Length: " + length + "\r\nExpect: 100-continue\r\n\r\n")) {
                if (call.readUntil("\r\n").startsWith("HTTP/1.1 100")) {
                    call.send(body);
                    upstream.awaitAsked(asked + 1, SOON);
                }
            }
        }
        assertThat(upstream.asked()).hasSize(asked + 1);
        upstream.awaitOpenCalls(0, SOON);
    }

    @Test
    void a_body_without_a_length_is_refused_when_it_has_grown_too_large() throws Exception {
        try (RawCall first = RawCall.chat(body(6 * MEGA))) {
            upstream.awaitOpenCalls(1, SOON);
            try (RawCall second = RawCall.of(HEAD + "Transfer-Encoding: chunked\r\n\r\n")) {
                for (int i = 0; i < 6; i++) {
                    second.send("100000\r\n" + " ".repeat(MEGA) + "\r\n");
                }
                assertRefused(second);
            }
        }
        upstream.awaitOpenCalls(0, SOON);
        assertFits(9 * MEGA);
    }

    @Test
    void small_bodies_have_room_beside_a_large_one() throws Exception {
        try (RawCall large = RawCall.chat(body(10 * MEGA))) {
            upstream.awaitOpenCalls(1, SOON);
            try (RawCall small = RawCall.chat(body(MEGA))) {
                upstream.awaitOpenCalls(2, SOON);
                assertThat(small).isNotSameAs(large);
            }
        }
        upstream.awaitOpenCalls(0, SOON);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void a_body_that_is_alone_fits_or_is_too_large_for_good(int megabytes) throws Exception {
        if (megabytes == 10) {
            assertFits(10 * MEGA);
        } else {
            try (RawCall call = RawCall.of(announced(megabytes * MEGA))) {
                assertThat(call.readUntil("}}")).startsWith("HTTP/1.1 413").contains("body_too_large");
            }
        }
    }

    @Test
    void a_body_that_is_never_sent_to_its_end_gives_its_memory_back() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (RawCall call = RawCall.of(announced(10 * MEGA))) {
                call.send(" ".repeat(MEGA));
            }
        }
        assertFits(10 * MEGA);
    }
}

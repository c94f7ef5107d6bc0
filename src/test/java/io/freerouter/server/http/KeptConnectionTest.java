package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request leaves behind on its connection does not disturb the next request. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class KeptConnectionTest {
    private static final String WORDS = "one two three four five six";
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";

    FakeOpenRouter upstream;

    /** Longer than the two seconds within which the rest of a refused request has to come. */
    @BeforeEach
    void stream_for_three_seconds() {
        Pool.of(upstream, CannedAnswers.answers(WORDS, Duration.ofMillis(500)));
    }

    private static String request(String method, String path, String headers, String body) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private static String streamed() {
        return request("POST", "/v1/chat/completions", JSON, Gateway.body("auto", true));
    }

    private static void assertWhole(String responses) {
        assertThat(StreamedText.of(responses)).isEqualTo(WORDS);
        assertThat(responses).contains("data: [DONE]");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/health",
        "HEAD,/health",
        "GET,/health/live",
        "HEAD,/health/live",
        "GET,/health/ready",
        "HEAD,/health/ready",
        "GET,/metrics",
        "HEAD,/metrics",
        "GET,/q/health",
        "GET,/v1/models",
        "HEAD,/v1/models",
        "GET,/v1/quota",
        "OPTIONS,/v1/chat/completions",
        "GET,/nothing/here"
    })
    void a_stream_after_another_request_comes_whole(String method, String path) throws Exception {
        try (RawCall call = RawCall.of(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            call.readUntil("\r\n\r\n");
            call.send(streamed());
            assertWhole(call.readUntil(LAST_CHUNK));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/metrics", "/v1/models"})
    void a_stream_that_is_pipelined_behind_another_request_comes_whole(String path) throws Exception {
        String first = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawCall call = RawCall.of(first + first + streamed())) {
            assertWhole(call.readUntil(LAST_CHUNK));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/health,200",
        "POST,/nothing/here,404",
        "PUT,/v1/models,405",
        "POST,/v1/chat/completions,400",
        "GET,/v1/models,200"
    })
    void a_stream_after_a_request_with_a_body_of_no_use_comes_whole(String method, String path, int status)
            throws Exception {
        try (RawCall call = RawCall.of(request(method, path, JSON, "{}"))) {
            assertThat(call.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 " + status);
            call.send(streamed());
            assertWhole(call.readUntil(LAST_CHUNK));
        }
    }

    @Test
    void a_stream_after_a_refused_media_type_comes_whole() throws Exception {
        try (RawCall call = RawCall.of(request("POST", "/v1/chat/completions", "Content-Type: text/plain\r\n", "{}"))) {
            assertThat(call.readUntil("}}")).startsWith("HTTP/1.1 415");
            call.send(streamed());
            assertWhole(call.readUntil(LAST_CHUNK));
        }
    }

    @Test
    void streams_follow_each_other_on_one_connection() throws Exception {
        try (RawCall call = RawCall.of(streamed())) {
            assertWhole(call.readUntil(LAST_CHUNK));
            call.send(streamed());
            assertThat(StreamedText.of(call.readUntil(LAST_CHUNK + "HTTP/1.1 200 OK")))
                    .isEqualTo(WORDS);
            assertThat(StreamedText.of(call.readUntil("six\"").concat(call.readUntil("[DONE]"))))
                    .contains(WORDS);
        }
    }
}

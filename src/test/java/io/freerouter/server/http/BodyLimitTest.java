package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class BodyLimitTest {
    private static final int LIMIT = 24 * 1024 * 1024;
    private static final String HEAD =
            "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    /** Without asking first whether the other side speaks it. */
    private static final HttpClientOptions HTTP_2 =
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);

    FakeOpenRouter upstream;
    private List<String> pool;

    @BeforeEach
    void ready() {
        pool = Pool.of(upstream, CannedAnswers.answers("Hello"));
    }

    private static String bodyOf(int length) {
        String request = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return request + " ".repeat(length - request.length());
    }

    private void assertTooLarge(String response) {
        assertThat(response).startsWith("HTTP/1.1 413 ").contains("\"code\":\"body_too_large\"", "" + LIMIT);
        assertThat(response).containsIgnoringCase("content-type: application/json");
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void a_body_of_exactly_the_limit_is_taken() {
        assertThat(Gateway.post(bodyOf(LIMIT)).statusCode()).isEqualTo(200);
        assertThat(upstream.asked()).isEqualTo(pool);
    }

    @Test
    void an_announced_length_over_the_limit_is_refused_before_anything_is_sent() throws Exception {
        try (RawCall call = RawCall.of(HEAD + "Content-Length: " + (LIMIT + 1) + "\r\n\r\n")) {
            assertTooLarge(call.readUntil("}}"));
        }
    }

    @Test
    void a_connection_of_which_nothing_more_is_wanted_is_said_to_close() throws Exception {
        try (RawCall call = RawCall.of(HEAD + "Content-Length: " + (LIMIT + 1) + "\r\n\r\n")) {
            assertThat(call.readUntil("}}")).containsIgnoringCase("\r\nconnection: close\r\n");
        }
    }

    @Test
    void over_http_2_the_refusal_comes_without_a_word_of_the_connection() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            HttpClientRequest request = await(vertx.createHttpClient(HTTP_2)
                    .request(HttpMethod.POST, RestAssured.port, "localhost", "/v1/chat/completions"));
            Future<Void> sent =
                    request.putHeader("Content-Type", "application/json").end(bodyOf(LIMIT + 1));
            HttpClientResponse response = await(request.response());
            assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.getHeader("Connection")).isNull();
            await(sent);
        } finally {
            await(vertx.close());
        }
    }

    private static <T> T await(Future<T> coming) throws Exception {
        return coming.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999999999", "-1", "+5", "1e3", "5, 6", "x", ""})
    void a_length_that_is_none_is_refused(String length) throws Exception {
        try (RawCall call = RawCall.of(HEAD + "Content-Length: " + length + "\r\n\r\n")) {
            assertThat(call.readUntil("\r\n")).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void who_waits_for_a_go_ahead_gets_the_refusal_instead() throws Exception {
        String head = HEAD + "Expect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n";
        try (RawCall call = RawCall.of(head)) {
            assertTooLarge(call.readUntil("}}"));
        }
    }

    @Test
    void who_sends_all_of_it_first_gets_to_see_the_refusal_too() throws Exception {
        assertRefused(BodyPublishers.ofString(bodyOf(LIMIT + 1)));
    }

    @Test
    void a_length_that_is_not_announced_is_refused_once_too_much_has_come() throws Exception {
        assertRefused(BodyPublishers.ofInputStream(() -> new Endless(LIMIT + 1_000_000)));
    }

    @Test
    void who_sends_on_without_end_is_hung_up_on() throws Exception {
        byte[] chunk = ("100000\r\n" + "x".repeat(0x100000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
            try (RawCall call = RawCall.of(HEAD + "Transfer-Encoding: chunked\r\n\r\n")) {
                for (int i = 0; i < Integer.MAX_VALUE; i++) {
                    call.send(chunk);
                }
            }
        });
        assertThat(Gateway.auto(false).statusCode()).isEqualTo(200);
    }

    private void assertRefused(HttpRequest.BodyPublisher body) throws Exception {
        URI url = URI.create("http://localhost:" + RestAssured.port + "/v1/chat/completions");
        HttpRequest request = HttpRequest.newBuilder(url)
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"code\":\"body_too_large\"");
        assertThat(upstream.asked()).isEmpty();
    }

    /** A body in which the content goes on and on. */
    private static final class Endless extends InputStream {
        private long left;

        Endless(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = (int) Math.min(left, length);
            Arrays.fill(into, from, from + count, (byte) 'x');
            left -= count;
            return count == 0 ? -1 : count;
        }
    }
}

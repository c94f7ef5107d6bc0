package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose end is not certain are refused, and nothing behind them is taken for a request (RFC 9112, 6). */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class RequestFramingTest {
    private static final String BODY = Gateway.body("auto", false);
    private static final String CHUNKED = Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n0\r\n\r\n";
    private static final String NEXT = "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n";

    FakeOpenRouter upstream;

    @BeforeEach
    void ready() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
    }

    private static String head(String headers) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                + "\r\n";
    }

    /** The connection is closed after one response, although a second request has come. */
    private String onlyResponseTo(String request) throws Exception {
        try (RawCall call = RawCall.of(request + NEXT)) {
            String responses = call.readRest();
            assertThat(count(responses)).as(responses).isEqualTo(1);
            assertThat(upstream.asked()).isEmpty();
            return responses;
        }
    }

    private static int count(String responses) {
        return responses.split("HTTP/1\\.[01] \\d", -1).length - 1;
    }

    private void assertRefused(String request, int status) throws Exception {
        assertThat(onlyResponseTo(request))
                .startsWith("HTTP/1.1 " + status)
                .contains("{\"error\":{\"message\":")
                .containsIgnoringCase("\r\ncontent-type: application/json\r\n")
                .containsIgnoringCase("\r\nconnection: close\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xchunked", "gzip", "gzip, chunked", "identity", "chunkedx", "deflate", "x", "chunked;q=1"})
    void an_unknown_transfer_coding_is_not_implemented(String coding) throws Exception {
        String length = "Content-Length: " + BODY.length() + "\r\n";
        assertRefused(head(length + "Transfer-Encoding: " + coding + "\r\n") + BODY, 501);
        assertRefused(head("Transfer-Encoding: " + coding + "\r\n") + CHUNKED, 501);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked, identity", "chunked, gzip", "chunked, chunked", "chunked,"})
    void a_body_that_is_not_chunked_last_and_once_is_refused(String coding) throws Exception {
        try (RawCall call = RawCall.of(head("Transfer-Encoding: " + coding + "\r\n") + CHUNKED + NEXT)) {
            assertThat(call.readRest()).matches("(?s)HTTP/1\\.1 (400|501) .*\"error\":.*");
        }
        assertThat(upstream.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/models?x=%zz", "/v1/models/%zz", "/v1/models/%", "/v1/models?x={y}", "/v1/a|b", "/v1/%4"})
    void a_target_that_is_no_uri_is_refused(String target) throws Exception {
        assertThat(onlyResponseTo("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("\"code\":\"invalid_target\"");
    }

    @Test
    void two_transfer_codings_in_two_lines_are_refused() throws Exception {
        assertRefused(head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + CHUNKED, 400);
        assertRefused(head("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n") + CHUNKED, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length:0\r\nTransfer-Encoding: chunked\r\n",
                "content-length: 500\r\nTRANSFER-ENCODING: Chunked\r\n"
            })
    void a_length_beside_chunks_is_refused(String headers) throws Exception {
        assertRefused(head(headers) + CHUNKED, 400);
    }

    @Test
    void a_length_beside_chunks_among_unusual_blanks_ends_the_connection() throws Exception {
        StringBuilder headers = new StringBuilder("Transfer-Encoding:chunked\r\nContent-Length: 5\r\n");
        for (int i = 0; i < 20; i++) {
            headers.append("X-").append(i).append(":x\r\n");
        }
        try (RawCall call = RawCall.of(head(headers.toString()) + CHUNKED + NEXT)) {
            assertThat(call.readRest()).containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void chunks_alone_are_read_and_the_connection_is_kept() throws Exception {
        StringBuilder headers = new StringBuilder("Transfer-Encoding: chunked\r\n");
        for (int i = 0; i < 40; i++) {
            headers.append("X-").append(i).append(": x\r\n");
        }
        try (RawCall call = RawCall.of(head(headers.toString()) + CHUNKED + NEXT)) {
            assertThat(call.readUntil("\"object\":\"list\"")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void chunks_over_http_1_0_are_refused() throws Exception {
        String request = head("Transfer-Encoding: chunked\r\n").replace("HTTP/1.1", "HTTP/1.0") + CHUNKED;
        assertThat(onlyResponseTo(request)).matches("(?s)HTTP/1\\.[01] 400 .*\"error\":.*");
    }

    static List<String> malformedHeaders() {
        return List.of(
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 7\r\nContent-Length: 7",
                "Content-Length: 5, 6",
                "Content-Length: 7, 7",
                "Content-Length: -5",
                "Content-Length: +5",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Length: 5;",
                "Content-Length: 99999999999999999999",
                "Content-Length:",
                "Content-Length : 5",
                "Content-Length\t: 5",
                "X-Bad Name: 5",
                " X-First: 5",
                "X-Good: 1\r\n folded: 2",
                "X-Good: 1\r\n\tfolded",
                "X-Good: 1\r\n\r",
                ": no name",
                "no colon",
                "X-Bad(Name): 1",
                "X-Bad\u0001Name: 1",
                "X-B\u00E4d: 1",
                "X-Control: a\u0001b",
                "X-Control: a\u0000b",
                "X-Control: a\u007Fb",
                "X-Control: a\rb",
                "X-Line: end\nX-Next: 1",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked");
    }

    @ParameterizedTest
    @MethodSource("malformedHeaders")
    void a_malformed_header_is_refused_and_closes_the_connection(String header) throws Exception {
        assertRefused(head(header + "\r\n") + "{\"a\":1}", 400);
        assertThat(onlyResponseTo("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\"")
                .containsIgnoringCase("\r\nconnection: close\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no request",
                "GET",
                "GET /v1/models",
                "GET /v1/models HTTP",
                "GET /v1/models HTTP/1",
                "GET /v1/models HTTP/1.",
                "GET /v1/models HTTP/11",
                "GET /v1/models HTTP/1.1.1",
                "GET /v1/models HTTP/x.y",
                "GET /v1/models HTTPS/1.1",
                "GET /v1/models XTTP/1.1",
                "GET /v1/models http/1.1",
                "GET /v1/models HTTP/1.1 ",
                "GET /v1/models HTTP/1.1 more",
                "GET /v1/ models HTTP/1.1",
                "G@T /v1/models HTTP/1.1",
                "GET /v1/\u0001models HTTP/1.1",
                "GET /v1/models\u0000 HTTP/1.1",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
                "{\"messages\":[]}"
            })
    void a_malformed_first_line_is_refused_and_closes_the_connection(String line) throws Exception {
        assertRefused(line + "\r\nHost: localhost\r\n\r\n", 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/3.0", "HTTP/0.9", "HTTP/9.9"})
    void another_version_of_http_is_not_supported(String version) throws Exception {
        assertRefused("GET /v1/models " + version + "\r\nHost: localhost\r\n\r\n", 505);
        assertThat(onlyResponseTo("POST /v1/messages " + version + "\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 505")
                .contains("\"type\":\"error\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRI * HTTP/2.0\r\n\r\nXX", "PRI\r\n\r\n", "PRI * HTTP/1.1\r\n\r\n"})
    void half_a_preface_of_http_2_is_refused(String preface) throws Exception {
        try (RawCall call = RawCall.of(preface.substring(0, 3))) {
            assertThat(Pool.models()).hasSize(1);
            call.send(preface.substring(3));
            assertThat(call.readRest()).matches("(?s)HTTP/1\\.1 (400|505) .*\\{\"error\":.*");
        }
    }

    @Test
    void a_later_version_of_http_1_is_read_as_the_latest() throws Exception {
        try (RawCall call = RawCall.of("GET /v1/models HTTP/1.9\r\nHost: localhost\r\n\r\n" + NEXT)) {
            assertThat(call.readUntil("}HTTP/1.1 200")).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no size\r\n{}\r\n0\r\n\r\n",
                "\r\n{}\r\n0\r\n\r\n",
                "-2\r\n{}\r\n0\r\n\r\n",
                "0x2\r\n{}\r\n0\r\n\r\n",
                "ffffffffff\r\n{}\r\n0\r\n\r\n",
                "2\n{}\r\n0\r\n\r\n",
                "2;ext\n{}\r\n0\r\n\r\n",
                "2\r\n{}xx0\r\n\r\n",
                "2\r\n{}0\r\n\r\n",
                "2\r\n{}\r\n0\r\nno trailer\r\n\r\n",
                "2\r\n{}\r\n0\r\nTrailer : x\r\n\r\n",
                "2\r\n{}\r\nx\r\n\r\n"
            })
    void malformed_chunks_are_refused_and_close_the_connection(String chunks) throws Exception {
        assertRefused(head("Transfer-Encoding: chunked\r\n") + chunks, 400);
        String messages = "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n";
        assertThat(onlyResponseTo(messages + chunks))
                .startsWith("HTTP/1.1 400")
                .contains("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\"");
    }

    @Test
    void chunks_that_turn_out_to_be_malformed_later_are_refused() throws Exception {
        try (RawCall call = RawCall.of(head("Transfer-Encoding: chunked\r\n"))) {
            call.send(Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n");
            assertThat(Pool.models()).hasSize(1);
            call.send("no size\r\n" + NEXT);
            String responses = call.readRest();
            assertThat(responses).startsWith("HTTP/1.1 400");
            assertThat(count(responses)).isEqualTo(1);
        }
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void malformed_chunks_that_nobody_needs_close_the_connection_after_the_response() throws Exception {
        String request = "POST /v1/models HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n";
        assertThat(onlyResponseTo(request)).startsWith("HTTP/1.1 405").contains("{\"error\":{\"message\":");
    }

    /** A sender that sends all of its request first gets to see the refusal, too. */
    @Test
    void a_large_body_behind_a_malformed_header_is_read_and_thrown_away() throws Exception {
        String length = "Content-Length: 20000000\r\n";
        try (RawCall call = RawCall.of(head(length + length))) {
            call.send("x".repeat(20_000_000));
            assertThat(call.readRest()).startsWith("HTTP/1.1 400").contains("{\"error\":{\"message\":");
        }
    }

    static List<String> refusedRequests() {
        return List.of(
                "no request\r\n\r\n",
                head("Content-Length: 5, 5\r\n"),
                head("X-Folded: 1\r\n 2\r\n"),
                head("Transfer-Encoding: chunked\r\n") + "no size\r\n",
                head("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + CHUNKED,
                "GET /v1/models HTTP/3.0\r\nHost: localhost\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "x".repeat(40_000) + "\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("refusedRequests")
    void a_response_that_is_running_comes_whole_before_the_refusal_of_the_next_request(String next) throws Exception {
        Pool.of(upstream, CannedAnswers.answers("one two three four", Duration.ofMillis(100)));
        String streamed = Gateway.body("auto", true);
        try (RawCall call =
                RawCall.of(head("Content-Length: " + streamed.length() + "\r\n") + streamed + next + NEXT)) {
            String responses = call.readRest();
            int end = responses.indexOf("data: [DONE]\n\n\r\n0\r\n\r\n");
            assertThat(end).as(responses).isPositive();
            assertThat(StreamedText.of(responses.substring(0, end))).isEqualTo("one two three four");
            assertThat(responses.substring(end))
                    .containsPattern("\r\n\r\nHTTP/1\\.1 (400|431|505) ")
                    .contains("{\"error\":{\"message\":")
                    .containsIgnoringCase("\r\nconnection: close\r\n");
            assertThat(count(responses)).isEqualTo(2);
        }
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: h2c",
                "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c\r\nConnection: Upgrade\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
                "Upgrade: websocket\r\nConnection: Upgrade"
            })
    void an_upgrade_that_cannot_be_made_is_ignored(String headers) throws Exception {
        String request = head(headers + "\r\nContent-Length: " + BODY.length() + "\r\n") + BODY;
        try (RawCall call = RawCall.of(request + NEXT)) {
            assertThat(call.readUntil("\"object\":\"list\""))
                    .startsWith("HTTP/1.1 200")
                    .contains("Hello");
        }
    }

    @Test
    void requests_that_are_pipelined_get_their_responses_in_order() throws Exception {
        String chat = head("Content-Length: " + BODY.length() + "\r\n") + BODY;
        try (RawCall call = RawCall.of((chat + NEXT).repeat(20) + "GET /v1/quota HTTP/1.0\r\n\r\n")) {
            String[] responses = call.readRest().split("(?=HTTP/1\\.[01] 200)");
            assertThat(responses).hasSize(41);
            for (int i = 0; i < 40; i++) {
                assertThat(responses[i]).contains(i % 2 == 0 ? "Hello" : "\"object\":\"list\"");
            }
        }
        assertThat(upstream.asked()).hasSize(20);
    }

    @Test
    void what_waits_for_a_response_is_bounded() throws Exception {
        Pool.of(upstream, CannedAnswers.answers("one two three four", Duration.ofMillis(100)));
        String streamed = Gateway.body("auto", true);
        String large = BODY + " ".repeat(500_000);
        try (RawCall call = RawCall.of(head("Content-Length: " + streamed.length() + "\r\n")
                + streamed
                + NEXT
                + head("Content-Length: " + large.length() + "\r\n")
                + large
                + NEXT)) {
            String responses = call.readRest();
            assertThat(responses)
                    .contains("data: [DONE]", "\"object\":\"list\"", "HTTP/1.1 503", "\"code\":\"too_much_pipelined\"")
                    .containsIgnoringCase("\r\nRetry-After: 1\r\n");
            assertThat(count(responses)).isEqualTo(3);
        }
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void a_request_without_a_host_is_refused_in_our_shape() throws Exception {
        assertRefused("GET /v1/models HTTP/1.1\r\n\r\n", 400);
        assertRefused("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400);
        String anthropic = "POST /v1/messages HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";
        assertThat(onlyResponseTo(anthropic)).startsWith("HTTP/1.1 400").contains("\"type\":\"invalid_request_error\"");
    }

    @Test
    void http_1_0_needs_no_host() throws Exception {
        try (RawCall call = RawCall.of("GET /v1/models HTTP/1.0\r\n\r\n")) {
            assertThat(call.readRest()).matches("(?s)HTTP/1\\.[01] 200 .*");
        }
    }

    @Test
    void a_target_that_is_too_long_is_refused_in_our_shape() throws Exception {
        assertRefused("GET /v1/models?" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414);
    }

    @Test
    void headers_that_are_too_large_are_refused_in_our_shape() throws Exception {
        String large = "X-Large: " + "x".repeat(60_000) + "\r\n";
        assertRefused("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n" + large + "\r\n", 431);
    }
}

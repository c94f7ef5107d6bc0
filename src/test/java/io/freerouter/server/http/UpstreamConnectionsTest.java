package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CatalogRow;
import io.freerouter.testing.RawOpenRouter;
import io.freerouter.testing.RawUpstream;
import io.freerouter.testing.TlsUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of requests when connections to the upstream are lost or refuse them, over TLS with HTTP/1.1 and HTTP/2. All
 * requests of a test come over one connection, and so over one event loop and its connections to the upstream.
 */
@QuarkusTest
@WithTestResource(TlsUpstream.class)
class UpstreamConnectionsTest {
    private static final String ANSWER =
            "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";
    private static final String EVENTS = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n"
            + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private static final String JSON = "application/json";
    private static final String STREAM = "text/event-stream";
    private static final int REFUSED_STREAM = 7;
    private static final int INTERNAL_ERROR = 2;

    RawOpenRouter upstream;

    private final HttpClient caller =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> models = List.of(Pool.freshId(), Pool.freshId());
    private final String first = models.get(0);
    private final String second = models.get(1);

    private void http1(RawOpenRouter.Http1 answers) {
        upstream.http1(answers, rows());
        Pool.awaitModels(models);
    }

    private void http2(RawOpenRouter.Http2 answers) {
        upstream.http2(answers, rows());
        Pool.awaitModels(models);
    }

    private CatalogRow[] rows() {
        return Pool.rows(models);
    }

    private HttpResponse<String> ask(boolean stream) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/v1/chat/completions"))
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString(Gateway.body("auto", stream)))
                .build();
        return caller.send(request, BodyHandlers.ofString());
    }

    private void assertAnswered(boolean stream) throws Exception {
        HttpResponse<String> response = ask(stream);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"content\":\"Hi\"");
    }

    private static long usedToday() {
        return RestAssured.get("/v1/quota").jsonPath().getLong("day.used");
    }

    private static void answer(RawUpstream.Connection connection) throws IOException {
        connection.respond(ANSWER);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void a_reused_connection_that_is_lost_without_a_byte_costs_one_repetition_on_the_same_model(
            boolean stream, boolean reset) throws Exception {
        http1((number, connection) -> {
            if (number == 2 && reset) {
                connection.reset();
            } else if (number == 2) {
                connection.close();
            } else {
                respond(connection, stream);
            }
        });
        long before = usedToday();
        assertAnswered(stream);
        assertAnswered(stream);
        assertAnswered(stream);

        assertThat(upstream.asked()).containsExactly(first, first, first, first);
        assertThat(usedToday()).isEqualTo(before + 3);
    }

    private static void respond(RawUpstream.Connection connection, boolean stream) throws IOException {
        connection.respond(
                "Content-Type: " + (stream ? STREAM : JSON) + "\r\n",
                (stream ? EVENTS : ANSWER).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_reused_connection_that_timed_out_while_idle_costs_one_repetition_on_the_same_model(boolean stream)
            throws Exception {
        http1((number, connection) -> {
            if (number == 2) {
                connection.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                connection.close();
            } else {
                respond(connection, stream);
            }
        });
        long before = usedToday();
        assertAnswered(stream);
        assertAnswered(stream);
        assertAnswered(stream);

        assertThat(upstream.asked()).containsExactly(first, first, first, first);
        assertThat(usedToday()).isEqualTo(before + 3);
    }

    @Test
    void an_answer_that_is_whole_needs_no_last_chunk() throws Exception {
        http1((number, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: " + JSON + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(ANSWER.length()) + "\r\n" + ANSWER + "\r\n");
            connection.close();
        });
        assertAnswered(false);
        assertAnswered(false);

        assertThat(upstream.asked()).containsExactly(first, first);
    }

    @Test
    void a_fresh_connection_that_is_lost_without_a_byte_leads_to_the_next_model_and_a_short_cooldown()
            throws Exception {
        http1((number, connection) -> {
            if (number == 1) {
                connection.close();
            } else {
                answer(connection);
            }
        });
        assertAnswered(false);
        assertAnswered(false);

        assertThat(upstream.asked()).containsExactly(first, second, second);
    }

    @ParameterizedTest
    @CsvSource({"102,false", "102,true", "103,false", "104,true", "199,false", "199,true"})
    void informational_responses_are_skipped(int status, boolean stream) throws Exception {
        String informational = "HTTP/1.1 " + status + " Wait\r\nLink: <x>\r\n\r\n";
        http1((number, connection) -> {
            connection.send(informational + informational);
            respond(connection, stream);
        });
        assertAnswered(stream);
        assertAnswered(stream);

        assertThat(upstream.asked()).containsExactly(first, first);
    }

    private static byte[] gzip(String text) throws IOException {
        return gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }

    @Test
    void what_is_compressed_twice_and_in_parts_is_decoded() throws Exception {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip(ANSWER.substring(0, 9)));
        members.write(gzip(ANSWER.substring(9)));
        byte[] twice = gzip(members.toByteArray());
        http1((number, connection) ->
                connection.respond("Content-Encoding: gzip, gzip\r\nContent-Type: " + JSON + "\r\n", twice));
        assertAnswered(false);

        assertThat(upstream.asked()).containsExactly(first);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_nobody_asked_to_be_compressed_is_decoded(boolean stream) throws Exception {
        http1((number, connection) -> connection.respond(
                "Content-Encoding: gzip\r\nContent-Type: " + (stream ? STREAM : JSON) + "\r\n",
                gzip(stream ? EVENTS : ANSWER)));
        assertAnswered(stream);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_cannot_be_decoded_leads_to_the_next_model(boolean stream) throws Exception {
        http1((number, connection) -> {
            if (number == 1) {
                connection.respond(
                        "Content-Encoding: br\r\nContent-Type: " + (stream ? STREAM : JSON) + "\r\n", gzip(ANSWER));
            } else {
                respond(connection, stream);
            }
        });
        assertAnswered(stream);

        assertThat(upstream.asked()).containsExactly(first, second);
    }

    // ---- HTTP/2

    @Test
    void requests_share_a_connection_over_http2() throws Exception {
        http2((number, stream, server) -> server.respond(stream, ANSWER));
        assertAnswered(false);
        assertAnswered(false);

        assertThat(upstream.asked()).containsExactly(first, first);
    }

    @Test
    void a_refused_stream_costs_one_repetition_on_the_same_model() throws Exception {
        http2((number, stream, server) -> {
            if (number == 1) {
                server.reset(stream, REFUSED_STREAM);
            } else {
                server.respond(stream, ANSWER);
            }
        });
        long before = usedToday();
        assertAnswered(false);
        assertAnswered(false);

        assertThat(upstream.asked()).containsExactly(first, first, first);
        assertThat(usedToday()).isEqualTo(before + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at once", "graceful", "closed"})
    void a_stream_that_a_goaway_leaves_out_costs_one_repetition_on_the_same_model(String how) throws Exception {
        http2((number, stream, server) -> {
            if (number == 1 && how.equals("graceful")) {
                server.goAway(Integer.MAX_VALUE);
            }
            if (number > 1) {
                server.respond(stream, ANSWER);
            } else if (how.equals("closed")) {
                server.goAway(0).close();
            } else {
                server.goAway(0);
            }
        });
        long before = usedToday();
        assertAnswered(false);
        assertAnswered(false);

        assertThat(upstream.asked()).containsExactly(first, first, first);
        assertThat(usedToday()).isEqualTo(before + 2);
    }

    @Test
    void a_reused_http2_connection_that_is_lost_without_a_byte_costs_one_repetition_on_the_same_model()
            throws Exception {
        http2((number, stream, server) -> {
            if (number == 2) {
                server.close();
            } else {
                server.respond(stream, ANSWER);
            }
        });
        assertAnswered(false);
        assertAnswered(false);
        assertAnswered(false);

        assertThat(upstream.asked()).containsExactly(first, first, first, first);
    }

    @Test
    void a_fresh_http2_connection_that_is_lost_leads_to_the_next_model_and_no_cooldown() throws Exception {
        http2((number, stream, server) -> {
            if (number == 1) {
                server.close();
            } else {
                server.respond(stream, ANSWER);
            }
        });
        assertAnswered(false);
        assertAnswered(false);

        assertThat(upstream.asked()).containsExactly(first, second, first);
    }

    @Test
    void an_upstream_that_processes_nothing_is_told_so_that_clients_ask_again_and_costs_nothing() throws Exception {
        http2((number, stream, server) -> server.reset(stream, REFUSED_STREAM));
        long before = usedToday();
        HttpResponse<String> response = ask(false);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.headers().firstValue("x-should-retry")).isNotEqualTo(Optional.of("false"));
        assertThat(upstream.asked()).containsExactly(first, first, second, second);
        assertThat(usedToday()).isEqualTo(before);
    }

    @Test
    void a_stream_that_is_reset_for_another_reason_is_the_models_failure() throws Exception {
        http2((number, stream, server) -> {
            if (number == 1) {
                server.reset(stream, INTERNAL_ERROR);
            } else {
                server.respond(stream, ANSWER);
            }
        });
        assertAnswered(false);
        assertAnswered(false);

        assertThat(upstream.asked()).containsExactly(first, second, second);
    }

    @ParameterizedTest
    @ValueSource(ints = {102, 103, 199})
    void informational_responses_are_skipped_over_http2(int status) throws Exception {
        http2((number, stream, server) ->
                server.head(stream, status, "text/html").respond(stream, ANSWER));
        assertAnswered(false);
    }
}

package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.PackagedProgram;
import io.freerouter.testing.Probe;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program is told to stop, as a service manager or Kubernetes does it. */
class ShutdownIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String WORDS = "Well, that is all";

    private final FakeOpenRouter upstream = FakeOpenRouter.start();
    private PackagedProgram program;

    @TempDir
    Path directory;

    /** @param timeout how long running requests may take to their end */
    private void start(String timeout, AnswerScript... models) throws IOException {
        program = PackagedProgram.start(
                directory,
                Map.of(
                        "PORT", "0",
                        "OPENROUTER_API_KEY", "test",
                        "OPENROUTER_BASE_URL", upstream.baseUrl(),
                        "MODEL_REFRESH_TTL", "100ms",
                        "FREEROUTER_SHUTDOWN_TIMEOUT", timeout));
        RestAssured.port = program.port();
        Pool.of(upstream, models);
    }

    @AfterEach
    void stop() {
        program.close();
        upstream.close();
        RestAssured.reset();
    }

    private void assertStopped() {
        assertThat(program.awaitExit()).isIn(0, 143);
        assertThat(program.output()).noneMatch(line -> line.contains("ERROR"));
    }

    private void terminate() {
        program.terminate();
        Probe.awaitUnready();
    }

    @Test
    void who_is_idle_stops_at_once() throws IOException {
        start("10m", CannedAnswers.answers(WORDS));
        program.terminate();
        assertStopped();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n3\r\n{}\r\n0\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\n\r\nPOST /v1/responses HTTP/1.1\r\nContent-Length: 10\r\n\r\n{",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\n\r\n",
                "POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5, 5\r\n\r\n",
                "no request\r\n\r\n"
            })
    void requests_that_were_refused_are_not_waited_for(String requests) throws IOException {
        start("10m", CannedAnswers.answers(WORDS));
        try (RawCall call = RawCall.of(requests)) {
            assertThat(call.readRest()).startsWith("HTTP/1.");
        }
        program.terminate();
        assertStopped();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"messages\":"})
    void callers_who_disconnected_after_they_were_told_to_go_on_are_not_waited_for(String body) throws IOException {
        start("10m", CannedAnswers.answers(WORDS));
        for (int i = 0; i < 10; i++) {
            try (RawCall call = RawCall.of("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n")) {
                assertThat(call.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100");
                call.send(body);
            }
        }
        program.terminate();
        assertStopped();
    }

    @Test
    void callers_who_disconnected_in_the_middle_of_a_stream_are_not_waited_for() throws IOException {
        start("10m", CannedAnswers.answers(WORDS.repeat(100), Duration.ofMillis(10)));
        for (int i = 0; i < 30; i++) {
            try (RawCall call = RawCall.chat(Gateway.body("auto", true))) {
                call.readUntil("data: ");
            }
        }
        upstream.awaitOpenCalls(0, SOON);
        program.terminate();
        assertStopped();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_answer_that_is_under_way_comes_whole(boolean stream) throws IOException {
        start("10m", CannedAnswers.slow(Duration.ofMillis(1500), WORDS));
        try (RawCall call = RawCall.chat(Gateway.body("auto", stream))) {
            upstream.awaitOpenCalls(1, SOON);
            program.terminate();
            String response = call.readRest();
            assertThat(response).startsWith("HTTP/1.1 200").doesNotContain("\"error\"");
            assertThat(StreamedText.of(response)).isEqualTo(WORDS);
        }
        assertStopped();
    }

    /** More than the sockets between take in. */
    static List<Arguments> largeAnswers() {
        String words = "x".repeat(20_000_000);
        AnswerScript chunks = AnswerScript.begin();
        for (int from = 0; from < words.length(); from += 100_000) {
            chunks = chunks.text(words.substring(from, from + 100_000));
        }
        return List.of(Arguments.of(false, CannedAnswers.answers(words)), Arguments.of(true, chunks.done()));
    }

    @ParameterizedTest
    @MethodSource("largeAnswers")
    void an_answer_that_is_read_slowly_comes_whole(boolean stream, AnswerScript script) throws IOException {
        start("10m", script);
        try (RawCall call = RawCall.chat(Gateway.body("auto", stream))) {
            call.readUntil("xxx");
            upstream.awaitOpenCalls(stream ? 1 : 0, SOON);
            terminate();
            String response = call.readRest();
            assertThat(response).endsWith("\r\n0\r\n\r\n");
            assertThat(response.length()).isGreaterThan(20_000_000);
        }
        assertStopped();
    }

    @Test
    void while_an_answer_is_under_way_new_requests_are_refused_and_probes_are_answered() throws IOException {
        start("10m", AnswerScript.begin().text("Well").hang());
        try (RawCall call = RawCall.chat(Gateway.body("auto", true))) {
            call.readUntil("Well");
            terminate();
            assertRefused(Gateway.auto(true));
            assertRefused(Gateway.auto(false));
            assertRefused(Gateway.post("x".repeat(5_000_000)));
            assertRefused(get("/v1/models"));
            assertThat(get("/q/health/ready").statusCode()).isEqualTo(503);
            assertThat(get("/health").statusCode()).isEqualTo(200);
            assertThat(get("/health/live").statusCode()).isEqualTo(200);
            assertThat(upstream.openCalls()).isEqualTo(1);
        }
        assertStopped();
    }

    private static void assertRefused(Response response) {
        assertError(response, 503, "shutting_down");
        assertThat(response.header("Retry-After")).isEqualTo("1");
        assertThat(response.header("Connection")).isEqualTo("close");
    }

    @Test
    void a_connection_that_was_kept_alive_is_closed_with_the_refusal() throws IOException {
        start("10m", AnswerScript.begin().text("Well").hang());
        try (RawCall call = RawCall.chat(Gateway.body("auto", true));
                RawCall kept = RawCall.of("HEAD /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            call.readUntil("Well");
            kept.readUntil("\r\n\r\n");
            terminate();
            kept.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n");
            assertThat(kept.readUntil("}}")).contains("HTTP/1.1 503", "shutting_down");
            assertThat(kept.skip(1)).isZero();
        }
        assertStopped();
    }

    @Test
    void over_http2_a_stream_ends_well_beside_a_refusal() throws Exception {
        start(
                "10m",
                AnswerScript.begin()
                        .text("Well,")
                        .pause(Duration.ofSeconds(3))
                        .text(" that is all")
                        .done());
        Vertx vertx = Vertx.vertx();
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        CompletableFuture<String> answer = whole(ask(client));
        upstream.awaitOpenCalls(1, SOON);
        terminate();
        assertThat(whole(ask(client)).get(SOON.toSeconds(), TimeUnit.SECONDS)).contains("shutting_down");
        assertThat(StreamedText.of(answer.get(SOON.toSeconds(), TimeUnit.SECONDS)))
                .isEqualTo(WORDS);
        assertStopped();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static io.vertx.core.Future<HttpClientResponse> ask(HttpClient client) {
        return client.request(HttpMethod.POST, RestAssured.port, "localhost", "/v1/chat/completions")
                .compose(request ->
                        request.putHeader("Content-Type", "application/json").send(Gateway.body("auto", true)));
    }

    private static CompletableFuture<String> whole(io.vertx.core.Future<HttpClientResponse> response) {
        return response.compose(HttpClientResponse::body)
                .map(body -> body.toString())
                .toCompletionStage()
                .toCompletableFuture();
    }

    @Test
    void an_answer_that_takes_longer_than_is_allowed_is_cut_off() throws IOException {
        start("500ms", AnswerScript.begin().text("Well").hang());
        try (RawCall call = RawCall.chat(Gateway.body("auto", true))) {
            call.readUntil("Well");
            program.terminate();
            assertThat(program.awaitExit()).isIn(0, 143);
            assertThat(call.readRest()).doesNotContain("[DONE]", "\"finish_reason\":\"stop\"");
        }
    }

    @Test
    void who_is_killed_leaves_nothing_behind_but_its_state_and_can_be_started_again() throws IOException {
        start("10m", CannedAnswers.answers(WORDS));
        program.kill();
        try (Stream<Path> left = Files.walk(directory).filter(Files::isRegularFile)) {
            assertThat(left).allSatisfy(file -> assertThat(file.getFileName().toString())
                    .startsWith("state.json"));
        }
        start("10m", CannedAnswers.answers(WORDS));
        assertThat(Gateway.auto(false).statusCode()).isEqualTo(200);
    }
}

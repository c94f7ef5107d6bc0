package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway speaks HTTP/2 without TLS, to clients that know it and to clients that upgrade. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class Http2Test {
    /** RFC 9113, 7. */
    private static final long INTERNAL_ERROR = 2;

    FakeOpenRouter upstream;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> coming) throws Exception {
        return coming.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Future<HttpClientResponse> ask(boolean upgrade, String body) {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(upgrade));
        return client.request(HttpMethod.POST, RestAssured.port, "localhost", "/v1/chat/completions")
                .compose(request ->
                        request.putHeader("Content-Type", "application/json").send(body));
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void a_chat_request_is_answered(boolean upgrade, boolean stream) throws Exception {
        Pool.of(upstream, CannedAnswers.answers("Hello there"));
        Buffer answer = await(ask(upgrade, Gateway.body("auto", stream)).compose(response -> {
            assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        }));
        assertThat(StreamedText.of(answer.toString())).isEqualTo("Hello there");
        assertThat(answer.toString().contains("data: [DONE]")).isEqualTo(stream);
    }

    @Test
    void a_large_body_is_received_whole() throws Exception {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        String body = Gateway.body("auto", false).replace("Hi", "x".repeat(3_000_000));
        assertThat(await(ask(false, body)).statusCode()).isEqualTo(200);
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_stream_that_breaks_gets_an_error_event_and_is_reset(boolean upgrade) throws Exception {
        Pool.of(upstream, AnswerScript.begin().text("Well").end());
        Buffer seen = Buffer.buffer();
        Future<Void> end = ask(upgrade, Gateway.body("auto", true)).compose(response -> {
            response.handler(seen::appendBuffer);
            return response.end();
        });
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> await(end))
                .withCauseInstanceOf(StreamResetException.class)
                .satisfies(reset -> assertThat(((StreamResetException) reset.getCause()).getCode())
                        .isEqualTo(INTERNAL_ERROR));
        assertThat(seen.toString())
                .contains("\"content\":\"Well\"", "stream_broken")
                .doesNotContain("[DONE]");
    }
}

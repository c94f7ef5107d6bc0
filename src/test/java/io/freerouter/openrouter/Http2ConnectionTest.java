package io.freerouter.openrouter;

import static io.freerouter.openrouter.ReaderUnderTest.delta;
import static io.freerouter.openrouter.UpstreamCaller.ANSWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.Completion;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.RawHttp2;
import io.freerouter.testing.RawUpstream;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections over HTTP/2, frame for frame: whose fault it is when one fails or one of its streams does. */
class Http2ConnectionTest {
    private static final String TOKEN = delta("'content':'Hi'", "null");
    private static final String FINISH = delta("'content':''", "'stop'");
    private static final int MANY = 100;
    private static final int INTERNAL_ERROR = 2;
    private static final int REFUSED_STREAM = 7;
    private static final int CANCEL = 8;

    private static RawUpstream upstream(RawHttp2.Handler first, RawHttp2.Handler later) throws IOException {
        return new RawUpstream((number, connection) -> RawHttp2.serve(connection, MANY, number == 0 ? first : later));
    }

    private static void answer(int stream, RawHttp2 server) throws IOException {
        server.respond(stream, ANSWER);
    }

    @Test
    void calls_share_a_connection() throws IOException {
        try (RawUpstream upstream = upstream(Http2ConnectionTest::answer, Http2ConnectionTest::answer);
                UpstreamCaller caller = UpstreamCaller.http2(upstream)) {
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_refused_stream_was_not_processed_and_the_next_call_has_a_fresh_connection() throws IOException {
        try (RawUpstream upstream = upstream(
                        (stream, server) -> server.reset(stream, REFUSED_STREAM), Http2ConnectionTest::answer);
                UpstreamCaller caller = UpstreamCaller.http2(upstream)) {
            assertThat(caller.failure()).isEqualTo(FailureKind.UNPROCESSED);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_stream_beyond_the_last_of_a_goaway_was_not_processed(boolean graceful) throws IOException {
        try (RawUpstream upstream = upstream(
                        (stream, server) -> {
                            if (graceful) {
                                server.goAway(Integer.MAX_VALUE);
                            }
                            server.goAway(0);
                        },
                        Http2ConnectionTest::answer);
                UpstreamCaller caller = UpstreamCaller.http2(upstream)) {
            assertThat(caller.failure()).isEqualTo(FailureKind.UNPROCESSED);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
        }
    }

    @Test
    void a_stream_up_to_the_last_of_a_goaway_is_answered() throws IOException {
        try (RawUpstream upstream = upstream(
                        (stream, server) -> server.goAway(stream).respond(stream, ANSWER),
                        Http2ConnectionTest::answer);
                UpstreamCaller caller = UpstreamCaller.http2(upstream)) {
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_connection_that_is_lost_after_a_goaway_that_covers_the_stream_was_lost() throws IOException {
        try (RawUpstream upstream =
                        upstream((stream, server) -> server.goAway(stream).close(), Http2ConnectionTest::answer);
                UpstreamCaller caller = UpstreamCaller.http2(upstream)) {
            assertThat(caller.failure()).isEqualTo(FailureKind.DISCONNECTED);
        }
    }

    @Test
    void a_connection_that_has_served_and_is_lost_without_a_byte_has_processed_nothing() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        RawHttp2.Handler first = (stream, server) -> {
            if (requests.incrementAndGet() == 1) {
                server.respond(stream, ANSWER);
            } else {
                server.close();
            }
        };
        try (RawUpstream upstream = upstream(first, Http2ConnectionTest::answer);
                UpstreamCaller caller = UpstreamCaller.http2(upstream)) {
            caller.complete();
            assertThat(caller.failure()).isEqualTo(FailureKind.UNPROCESSED);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
        }
    }

    @Test
    void a_connection_that_died_while_nobody_used_it_has_processed_nothing() throws IOException {
        RawHttp2.Handler first = (stream, server) -> {
            server.respond(stream, ANSWER);
            server.fallSilent();
        };
        try (RawUpstream upstream = upstream(first, Http2ConnectionTest::answer);
                UpstreamCaller caller = UpstreamCaller.http2(upstream)) {
            caller.complete();
            caller.pass(Duration.ofSeconds(11));
            assertThat(caller.failure()).isEqualTo(FailureKind.UNPROCESSED);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
        }
    }

    @Test
    void a_connection_that_is_lost_in_the_middle_of_an_answer_is_not_the_models_fault() throws IOException {
        try (RawUpstream upstream = upstream(
                        (stream, server) -> server.head(stream, 200, "text/event-stream")
                                .data(stream, TOKEN)
                                .close(),
                        Http2ConnectionTest::answer);
                UpstreamCaller caller = UpstreamCaller.http2(upstream)) {
            assertThat(UpstreamCaller.failure(caller::stream)).isEqualTo(FailureKind.DISCONNECTED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {INTERNAL_ERROR, CANCEL, REFUSED_STREAM})
    void a_stream_that_is_reset_in_the_middle_of_an_answer_is_broken(int code) throws IOException {
        try (RawUpstream upstream = upstream(
                        (stream, server) -> server.head(stream, 200, "text/event-stream")
                                .data(stream, TOKEN)
                                .reset(stream, code),
                        Http2ConnectionTest::answer);
                UpstreamCaller caller = UpstreamCaller.http2(upstream)) {
            assertThat(UpstreamCaller.failure(caller::stream)).isEqualTo(FailureKind.BROKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_stream_that_is_reset_or_lost_after_its_reason_to_finish_is_complete(boolean reset) throws IOException {
        try (RawUpstream upstream = upstream(
                        (stream, server) -> {
                            server.head(stream, 200, "text/event-stream").data(stream, TOKEN + FINISH);
                            if (reset) {
                                server.reset(stream, INTERNAL_ERROR);
                            } else {
                                server.close();
                            }
                        },
                        Http2ConnectionTest::answer);
                UpstreamCaller caller = UpstreamCaller.http2(upstream)) {
            assertThat(caller.stream()).isEqualTo(TOKEN + FINISH);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 102, 103, 199})
    void informational_responses_are_skipped(int status) throws IOException {
        try (RawUpstream upstream = upstream(
                        (stream, server) ->
                                server.head(stream, status, "text/html").respond(stream, ANSWER),
                        Http2ConnectionTest::answer);
                UpstreamCaller caller = UpstreamCaller.http2(upstream)) {
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
        }
    }

    /** An upstream that allows two calls for each connection, and answers none until there are five. */
    @Test
    void more_calls_than_a_connection_takes_get_another_connection() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (RawUpstream upstream =
                        new RawUpstream((number, connection) -> RawHttp2.serve(connection, 2, (stream, server) -> {
                            if (requests.incrementAndGet() == 1) {
                                server.respond(stream, ANSWER);
                            }
                        }));
                UpstreamCaller caller = UpstreamCaller.http2(upstream)) {
            caller.complete();
            List<Uni<Completion>> calls =
                    Stream.generate(caller::begin).limit(5).toList();
            var waiting = Uni.join().all(calls).andFailFast().subscribeAsCompletionStage();
            awaitCount(requests, 6);

            assertThat(upstream.connections()).isEqualTo(3);
            waiting.cancel(true);
        }
    }

    private static void awaitCount(AtomicInteger count, int expected) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (count.get() < expected && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(count).hasValue(expected);
    }

    @Test
    void an_upstream_that_is_silent_where_http2_begins_is_unreachable_and_is_tried_anew() throws IOException {
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    if (number == 0) {
                        connection.in().transferTo(new ByteArrayOutputStream());
                    } else {
                        RawHttp2.serve(connection, MANY, Http2ConnectionTest::answer);
                    }
                });
                UpstreamCaller caller = new UpstreamCaller(
                        "http://127.0.0.1:" + upstream.port() + "/v1",
                        Duration.ofMillis(200),
                        Optional.empty(),
                        options ->
                                options.setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false))) {
            assertThat(caller.failure()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
        }
    }
}

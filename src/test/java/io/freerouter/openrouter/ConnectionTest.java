package io.freerouter.openrouter;

import static io.freerouter.openrouter.ReaderUnderTest.delta;
import static io.freerouter.openrouter.UpstreamCaller.ANSWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.AttemptException;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.RawUpstream;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections over HTTP/1.1, byte for byte: whose fault it is when one fails, and what is skipped or decoded. */
class ConnectionTest {
    private static final String TOKEN = delta("'content':'Hi'", "null");
    private static final String FINISH = delta("'content':''", "'stop'");
    private static final Duration SOON = Duration.ofSeconds(10);

    private static void leave(RawUpstream.Connection connection, boolean reset) throws IOException {
        if (reset) {
            connection.reset();
        } else {
            connection.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_reused_connection_that_is_closed_without_a_byte_has_processed_nothing(boolean reset) throws IOException {
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.respond(ANSWER);
                    connection.request();
                    if (number == 0) {
                        leave(connection, reset);
                    } else {
                        connection.respond(ANSWER);
                    }
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            caller.complete();

            assertThat(caller.failure()).isEqualTo(FailureKind.UNPROCESSED);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    /** Keeps the connection that it was made for from being closed until the caller's clock has moved on. */
    private static final class Silence {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        void keep() {
            asked.countDown();
            await(over);
        }

        /** What becomes of a request that comes to this silence, which is this long. */
        FailureKind endAfter(Duration length, UpstreamCaller caller) {
            var failure = CompletableFuture.supplyAsync(caller::failure, task -> new Thread(task).start());
            await(asked);
            caller.pass(length);
            over.countDown();
            return failure.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    @ParameterizedTest
    @CsvSource({"4s,UNPROCESSED", "6s,DISCONNECTED"})
    void only_soon_after_a_request_was_sent_does_a_lost_connection_tell_that_it_was_not_processed(
            String silent, FailureKind expected) throws IOException {
        Silence silence = new Silence();
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.respond(ANSWER);
                    connection.request();
                    if (number == 0) {
                        silence.keep();
                        connection.close();
                    } else {
                        connection.respond(ANSWER);
                    }
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            caller.complete();

            assertThat(silence.endAfter(Duration.parse("PT" + silent), caller)).isEqualTo(expected);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_request_that_nobody_wants_any_more_is_not_written_and_its_connection_stays_usable() throws IOException {
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.respond(ANSWER);
                    connection.request();
                    connection.respond(ANSWER);
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            caller.complete();
            CountDownLatch asked = new CountDownLatch(1);
            caller.begin(() -> {
                        asked.countDown();
                        return false;
                    })
                    .subscribe()
                    .with(answer -> {}, failure -> {});
            await(asked);

            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(upstream.connections()).isEqualTo(1);
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @Test
    void a_response_that_stays_open_after_its_end_mark_is_closed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.stream(TOKEN, FINISH, "data: [DONE]\n\n");
                    if (connection.in().read() < 0) {
                        closed.countDown();
                    }
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            assertThat(caller.stream()).endsWith("data: [DONE]\n\n");

            assertThat(closed.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    /** As after a sleep: every connection of the pool is dead, and nobody has noticed. */
    @Test
    void after_a_dead_connection_no_other_old_one_is_used() throws Exception {
        CountDownLatch all = new CountDownLatch(3);
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    all.countDown();
                    await(all);
                    connection.respond(ANSWER);
                    connection.request();
                    connection.close();
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            Uni.join()
                    .all(caller.begin(), caller.begin(), caller.begin())
                    .andFailFast()
                    .await()
                    .atMost(SOON);
            assertThat(upstream.connections()).isEqualTo(3);

            assertThat(caller.failure()).isEqualTo(FailureKind.UNPROCESSED);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(upstream.connections()).isEqualTo(4);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** As HAProxy, nginx and AWS's load balancer close a connection that was idle for too long. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n",
                "HTTP/1.0 408 Request Time-out\r\nCache-Control: no-cache\r\nConnection: close\r\nContent-Type: text/html\r\n\r\n"
                        + "<html><body><h1>408 Request Time-out</h1>\nYour browser didn't send a complete request in time.\n"
                        + "</body></html>\n"
            })
    void a_timeout_of_an_idle_connection_has_processed_nothing(String timeout) throws IOException {
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.respond(ANSWER);
                    connection.request();
                    if (number == 0) {
                        connection.send(timeout);
                        connection.close();
                    } else {
                        connection.respond(ANSWER);
                    }
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            caller.complete();

            assertThat(caller.failure()).isEqualTo(FailureKind.UNPROCESSED);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    /** The timeout lies in the connection before the request is sent, because the event loop that would see it is asleep. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_timeout_that_came_before_the_request_was_sent_has_processed_nothing(boolean closed) throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.respond(ANSWER);
                    if (number == 0) {
                        await(asked);
                        connection.send(
                                "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                        if (closed) {
                            connection.close();
                        }
                        sent.countDown();
                    }
                    connection.request();
                    connection.respond(ANSWER);
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            caller.complete();

            assertThat(UpstreamCaller.failure(() -> caller.begin(() -> {
                                asked.countDown();
                                await(sent);
                                return true;
                            })
                            .await()
                            .atMost(SOON)))
                    .isEqualTo(FailureKind.UNPROCESSED);
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    private static final String TIMEOUT = "HTTP/1.1 408 X\r\nConnection: close\r\nContent-Length: ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"false|''", "true|{\"error\":{\"code\":408,\"message\":\"Slow\"}}", "true|{\"message\":\"Slow\"}"})
    void any_other_timeout_is_one_of_the_model(boolean reused, String body) throws IOException {
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    if (reused) {
                        connection.request();
                        connection.respond(ANSWER);
                    }
                    connection.request();
                    connection.send(TIMEOUT + body.length() + "\r\n\r\n" + body);
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            if (reused) {
                caller.complete();
            }
            assertThat(caller.failure()).isEqualTo(FailureKind.BUSY);
        }
    }

    private static final String CHUNKED = "HTTP/1.1 %s\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** What becomes of a response that has this body, but not the last chunk. */
    private static String withoutLastChunk(String status, String type, String body, boolean stream) throws IOException {
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.send(CHUNKED.formatted(status, type));
                    for (String part : List.of(body.substring(0, 5), body.substring(5))) {
                        connection.send(Integer.toHexString(part.length()) + "\r\n" + part + "\r\n");
                    }
                    connection.close();
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            return stream ? caller.stream() : caller.complete().json();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n "})
    void an_answer_that_is_whole_needs_no_last_chunk(String space) throws IOException {
        assertThat(withoutLastChunk("200 OK", "application/json", ANSWER + space, false))
                .isEqualTo(ANSWER + space);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":null}]}",
                "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]",
                "{\"choices\":[]}"
            })
    void an_answer_that_may_not_be_whole_needs_the_last_chunk(String body) {
        assertThat(UpstreamCaller.failure(
                        () -> unchecked(() -> withoutLastChunk("200 OK", "application/json", body, false))))
                .isEqualTo(FailureKind.BROKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "200 OK,application/json,false",
        "200 OK,application/json,true",
        "200 OK,text/event-stream,true",
        "429 Slow,application/json,false",
        "429 Slow,text/event-stream,true"
    })
    void an_error_that_is_whole_needs_no_last_chunk(String status, String type, boolean stream) {
        String error = "{\"error\":{\"code\":429,\"message\":\"Rate limit exceeded: free-models-per-day\"}}";
        assertThat(UpstreamCaller.failure(() -> unchecked(() -> withoutLastChunk(status, type, error, stream))))
                .isEqualTo(FailureKind.DAY_SPENT);
    }

    private static String unchecked(Callable<String> call) {
        try {
            return call.call();
        } catch (AttemptException failure) {
            throw failure;
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_fresh_connection_that_is_closed_without_a_byte_was_hung_up(boolean reset) throws IOException {
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    leave(connection, reset);
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            assertThat(caller.failure()).isEqualTo(FailureKind.HUNG_UP);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 2", "HTTP/1.1 102 Processing\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"
            })
    void a_response_that_has_begun_and_is_cut_off_is_broken(String begun) throws IOException {
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.respond(ANSWER);
                    connection.request();
                    connection.send(begun);
                    connection.close();
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            caller.complete();
            assertThat(caller.failure()).isEqualTo(FailureKind.BROKEN);
        }
    }

    @Test
    void a_response_that_is_no_http_is_malformed() throws IOException {
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.send("SSH-2.0-OpenSSH_9.6\r\n\r\n");
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            assertThat(caller.failure()).isEqualTo(FailureKind.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_stream_that_is_cut_after_its_reason_to_finish_is_complete(boolean reset) throws IOException {
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.stream(TOKEN, FINISH);
                    leave(connection, reset);
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            assertThat(caller.stream()).isEqualTo(TOKEN + FINISH);
        }
    }

    @Test
    void a_stream_that_is_cut_before_that_is_broken() throws IOException {
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.stream(TOKEN);
                    connection.close();
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            assertThat(UpstreamCaller.failure(caller::stream)).isEqualTo(FailureKind.BROKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 102, 103, 104, 199})
    void informational_responses_are_skipped(int status) throws IOException {
        String informational = "HTTP/1.1 " + status + " Wait\r\nLink: <x>\r\n\r\n";
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.send(informational + informational);
                    connection.respond(ANSWER);
                    connection.request();
                    connection.send(informational);
                    connection.stream(TOKEN, FINISH);
                    connection.send("0\r\n\r\n");
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(caller.stream()).isEqualTo(TOKEN + FINISH);
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    private static byte[] encoded(String coding, byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out =
                coding.endsWith("gzip") ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "deflate"})
    void what_nobody_asked_to_be_encoded_is_decoded(String coding) throws IOException {
        byte[] answer = encoded(coding.toLowerCase(Locale.ROOT), ANSWER.getBytes(StandardCharsets.UTF_8));
        byte[] events = encoded(coding.toLowerCase(Locale.ROOT), (TOKEN + FINISH).getBytes(StandardCharsets.UTF_8));
        String header = "Content-Encoding: " + coding + "\r\nContent-Type: ";
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.respond(header + "application/json\r\n", answer);
                    connection.request();
                    connection.respond(header + "text/event-stream\r\n", events);
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(caller.stream()).isEqualTo(TOKEN + FINISH);
            assertThat(upstream.requests()).allMatch(request -> request.contains("\r\nAccept-Encoding: identity\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip, gzip",
                "identity, gzip",
                "gzip,identity",
                "deflate, x-gzip",
                "GZIP\r\nContent-Encoding: deflate"
            })
    void several_codings_are_decoded_from_the_last_to_the_first(String codings) throws IOException {
        byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
        byte[] events = (TOKEN + FINISH).getBytes(StandardCharsets.UTF_8);
        for (String coding : codings.toLowerCase(Locale.ROOT).split(",|\\r\\n.*:")) {
            if (!coding.strip().equals("identity")) {
                answer = encoded(coding.strip(), answer);
                events = encoded(coding.strip(), events);
            }
        }
        assertDecoded(codings, answer, events);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void gzip_in_several_members_is_decoded(int length) throws IOException {
        assertDecoded(
                "gzip",
                members(ANSWER.getBytes(StandardCharsets.UTF_8), length),
                members((TOKEN + FINISH).getBytes(StandardCharsets.UTF_8), length));
    }

    /** Members of this length, and an empty one. */
    private static byte[] members(byte[] text, int length) throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int from = 0; from < text.length; from += length) {
            members.write(encoded("gzip", Arrays.copyOfRange(text, from, Math.min(text.length, from + length))));
        }
        members.write(encoded("gzip", new byte[0]));
        return members.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "some words that follow"})
    void what_follows_a_whole_answer_and_is_not_encoded_is_ignored(String rest) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(encoded("gzip", ANSWER.getBytes(StandardCharsets.UTF_8)));
        answer.write(rest.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        events.write(encoded("gzip", (TOKEN + FINISH).getBytes(StandardCharsets.UTF_8)));
        events.write(rest.getBytes(StandardCharsets.UTF_8));
        assertDecoded("gzip", answer.toByteArray(), events.toByteArray());
    }

    private static void assertDecoded(String coding, byte[] answer, byte[] events) throws IOException {
        String header = "Content-Encoding: " + coding + "\r\nContent-Type: ";
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    for (String asked = connection.request(); ; asked = connection.request()) {
                        boolean stream = asked.contains("text/event-stream");
                        connection.respond(
                                header + (stream ? "text/event-stream\r\n" : "application/json\r\n"),
                                stream ? events : answer);
                    }
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            assertThat(caller.complete().json()).isEqualTo(ANSWER);
            assertThat(caller.stream()).isEqualTo(TOKEN + FINISH);
        }
    }

    @Test
    void what_becomes_too_long_by_decoding_it_twice_is_not_kept() throws IOException {
        byte[] bomb = encoded("gzip", encoded("gzip", new byte[200 << 20]));
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.respond("Content-Encoding: gzip, gzip\r\nContent-Type: application/json\r\n", bomb);
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            assertThat(caller.failure()).isEqualTo(FailureKind.MALFORMED);
        }
    }

    /** The first bytes of gzip's header cannot be decoded, so the decoder keeps them. */
    private static void beginGzip(RawUpstream.Connection connection, String contentType) throws IOException {
        connection.request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: " + contentType
                + "\r\nContent-Length: 100\r\n\r\n");
        connection.send(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
    }

    private static final long HELD_BY_OTHERS = held();

    private static void awaitHeld(LongPredicate expected) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!expected.test(held() - HELD_BY_OTHERS) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(held() - HELD_BY_OTHERS).matches(expected::test);
    }

    private static long held() {
        return ContentDecoder.buffers().metric().usedHeapMemory();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_could_not_be_decoded_yet_is_given_back_when_the_caller_disconnects(boolean stream) throws IOException {
        String type = stream ? "text/event-stream" : "application/json";
        try (RawUpstream upstream = new RawUpstream((number, connection) -> beginGzip(connection, type));
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            var call =
                    (stream ? caller.beginStream() : caller.begin()).subscribe().with(answer -> {}, failure -> {});
            awaitHeld(held -> held > 0);
            call.cancel();
            awaitHeld(held -> held == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_could_not_be_decoded_yet_is_given_back_when_the_connection_breaks(boolean stream) throws IOException {
        String type = stream ? "text/event-stream" : "application/json";
        CountDownLatch held = new CountDownLatch(1);
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    beginGzip(connection, type);
                    await(held);
                    connection.close();
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            (stream ? caller.beginStream() : caller.begin()).subscribe().with(answer -> {}, failure -> {});
            awaitHeld(bytes -> bytes > 0);
            held.countDown();
            awaitHeld(bytes -> bytes == 0);
        }
    }

    @Test
    void what_becomes_too_long_by_decoding_is_not_kept() throws IOException {
        byte[] bomb = encoded("gzip", new byte[200 << 20]);
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.respond("Content-Encoding: gzip\r\nContent-Type: application/json\r\n", bomb);
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            assertThat(caller.failure()).isEqualTo(FailureKind.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip", "gzip, br", "gzip, gzip, gzip"})
    void what_cannot_be_decoded_is_malformed(String coding) throws IOException {
        byte[] body = "not encoded at all".getBytes(StandardCharsets.UTF_8);
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.request();
                    connection.respond("Content-Encoding: " + coding + "\r\nContent-Type: application/json\r\n", body);
                    connection.request();
                    connection.respond("Content-Encoding: " + coding + "\r\nContent-Type: text/event-stream\r\n", body);
                });
                UpstreamCaller caller = UpstreamCaller.of(upstream)) {
            assertThat(caller.failure()).isEqualTo(FailureKind.MALFORMED);
            assertThat(UpstreamCaller.failure(caller::stream)).isEqualTo(FailureKind.MALFORMED);
        }
    }

    @Test
    void a_port_that_nobody_listens_on_is_unreachable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (UpstreamCaller caller = new UpstreamCaller("http://127.0.0.1:" + port + "/v1");
                UpstreamCaller byName = new UpstreamCaller("http://localhost:" + port + "/v1")) {
            assertThat(caller.failure()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(byName.failure()).isEqualTo(FailureKind.UNREACHABLE);
        }
    }

    @Test
    void a_name_without_an_address_is_unreachable() {
        try (UpstreamCaller caller = new UpstreamCaller("http://no-such-host.invalid/v1")) {
            assertThat(caller.failure()).isEqualTo(FailureKind.UNREACHABLE);
        }
    }

    /** A queue of connections that is full leaves further attempts to connect without an answer. */
    @Test
    void a_black_hole_is_unreachable_when_the_time_to_connect_is_over() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                UpstreamCaller caller = new UpstreamCaller(
                        "http://127.0.0.1:" + full.getLocalPort() + "/v1",
                        Duration.ofMillis(300),
                        Optional.empty(),
                        options -> {})) {
            for (int count = 0; count < 2; count++) {
                waiting.add(new Socket("127.0.0.1", full.getLocalPort()));
            }
            assertThat(caller.failure()).isEqualTo(FailureKind.UNREACHABLE);
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void an_upstream_that_does_not_speak_tls_is_unreachable() throws IOException {
        try (RawUpstream upstream = new RawUpstream((number, connection) -> {
                    connection.in().read();
                    connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                });
                UpstreamCaller caller = new UpstreamCaller("https://127.0.0.1:" + upstream.port() + "/v1")) {
            assertThat(caller.failure()).isEqualTo(FailureKind.UNREACHABLE);
        }
    }

    @Test
    void an_upstream_that_is_silent_while_tls_begins_is_unreachable() throws IOException {
        try (RawUpstream upstream = new RawUpstream(
                        (number, connection) -> connection.in().transferTo(new ByteArrayOutputStream()));
                UpstreamCaller caller = new UpstreamCaller(
                        "https://127.0.0.1:" + upstream.port() + "/v1",
                        Duration.ofMillis(300),
                        Optional.empty(),
                        options -> {})) {
            assertThat(caller.failure()).isEqualTo(FailureKind.UNREACHABLE);
        }
    }
}

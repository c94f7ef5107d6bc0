package io.freerouter.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.HttpCaller;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisconnectingClientTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int PIECE = 100_000;
    private static final int MUCH = 500 * PIECE;

    private final FakeOpenRouter upstream = FakeOpenRouter.start();

    @AfterEach
    void stop() {
        upstream.close();
    }

    private Socket ask(String model, boolean stream) throws IOException {
        URI url = URI.create(upstream.baseUrl());
        String body = "{\"model\":\"" + model + "\",\"stream\":" + stream + "}";
        String head =
                "POST /api/v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nContent-Length: ";
        Socket socket = new Socket(url.getHost(), url.getPort());
        socket.getOutputStream().write((head + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private void assertLeft() {
        upstream.awaitAbortedCalls(1, SOON);
        assertThat(upstream.openCalls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leaving_before_the_answer_begins_is_noticed(boolean stream) throws Exception {
        upstream.script("m", CannedAnswers.hangs());
        Socket socket = ask("m", stream);
        upstream.awaitOpenCalls(1, SOON);
        socket.close();
        assertLeft();
    }

    @Test
    void leaving_in_the_middle_of_a_stream_is_noticed() throws Exception {
        upstream.script("m", AnswerScript.begin().text("Well").hang());
        try (Socket socket = ask("m", true)) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
        assertLeft();
    }

    @Test
    void leaving_while_much_waits_to_be_read_is_noticed() throws Exception {
        upstream.script("m", much());
        Socket socket = ask("m", true);
        upstream.awaitOpenCalls(1, SOON);
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        socket.close();
        assertLeft();
    }

    @Test
    void after_the_client_left_the_script_does_not_go_on() throws Exception {
        AtomicBoolean wentOn = new AtomicBoolean();
        AnswerScript script = AnswerScript.begin()
                .pause(Duration.ofMillis(300))
                .then(new AnswerScript.Step.Part(reply -> wentOn.set(true)));
        upstream.script("left", script);
        upstream.script("later", CannedAnswers.slow(Duration.ofMillis(400), "Done"));
        Socket socket = ask("left", true);
        upstream.awaitOpenCalls(1, SOON);
        socket.close();
        assertLeft();
        new HttpCaller(upstream.baseUrl()).chat("later", true);
        assertThat(wentOn).isFalse();
    }

    @Test
    void a_client_that_reads_to_the_end_did_not_leave() throws Exception {
        upstream.script("m", CannedAnswers.answers("Hello"));
        new HttpCaller(upstream.baseUrl()).chat("m", true);
        assertThat(upstream.openCalls()).isZero();
        assertThat(upstream.abortedCalls()).isZero();
    }

    @Test
    void no_more_is_sent_than_the_client_takes() throws Exception {
        AtomicBoolean gotThrough = new AtomicBoolean();
        upstream.script("m", much().then(new AnswerScript.Step.Part(reply -> gotThrough.set(true))));
        upstream.script("other", CannedAnswers.answers("Hello"));
        try (Socket socket = ask("m", true)) {
            upstream.awaitOpenCalls(1, SOON);
            assertThat(new HttpCaller(upstream.baseUrl()).chat("other", false).body())
                    .contains("Hello");
            assertThat(gotThrough).isFalse();
            assertThat(socket.getInputStream().readNBytes(MUCH)).hasSize(MUCH);
        }
    }

    private static AnswerScript much() {
        AnswerScript much = AnswerScript.begin();
        for (int sent = 0; sent < MUCH; sent += PIECE) {
            much = much.raw(new byte[PIECE]);
        }
        return much;
    }
}

package io.freerouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatewayClientTest {
    @Test
    void a_gateway_that_says_nothing_is_given_up() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            GatewayClient client = new GatewayClient(url, Duration.ofMillis(10), Duration.ofSeconds(60));
            assertThatExceptionOfType(CommandException.class)
                    .isThrownBy(() -> client.get("/health/live"))
                    .withMessageContaining("timed out");
            assertThat(client.isGateway()).isFalse();
        }
    }

    @Test
    void a_gateway_that_takes_too_long_altogether_is_given_up() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            GatewayClient client = new GatewayClient(url, Duration.ofSeconds(60), Duration.ofMillis(50));
            assertThatExceptionOfType(CommandException.class)
                    .isThrownBy(() -> client.get("/health/live"))
                    .withMessageContaining("no whole answer within 50 ms");
        }
    }

    @Test
    void an_answer_that_breaks_off_is_told_as_such() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> broken = CompletableFuture.runAsync(() -> breakOff(server));
            GatewayClient client = new GatewayClient(URI.create("http://127.0.0.1:" + server.getLocalPort()));
            assertThatExceptionOfType(CommandException.class)
                    .isThrownBy(() -> client.stream("/v1/chat/completions", "{}", answer -> {}, event -> {}))
                    .withMessageContaining("/v1/chat/completions broke off");
            broken.get(20, TimeUnit.SECONDS);
        }
    }

    /** Reads a request with an empty object as body, and closes the connection in the middle of the answer. */
    private static void breakOff(ServerSocket server) {
        try (Socket caller = server.accept()) {
            StringBuilder request = new StringBuilder();
            int next = caller.getInputStream().read();
            while (next >= 0 && !request.append((char) next).toString().endsWith("\r\n\r\n{}")) {
                next = caller.getInputStream().read();
            }
            String half = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ne\r\ndata: {\"a\":1}\n\r\n";
            caller.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

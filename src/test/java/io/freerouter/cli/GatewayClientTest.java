package io.freerouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatewayClientTest {
    @Test
    void a_gateway_that_says_nothing_is_given_up() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            GatewayClient client = new GatewayClient(url, Duration.ofMillis(10));
            assertThatExceptionOfType(CommandException.class)
                    .isThrownBy(() -> client.get("/health/live"))
                    .withMessageContaining("timed out");
            assertThat(client.isGateway()).isFalse();
        }
    }
}

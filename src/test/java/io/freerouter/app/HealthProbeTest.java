package io.freerouter.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthProbeTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private HttpServer gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        gateway.createContext("/health/live", asked -> answer(asked, 200, "UP"));
        gateway.createContext("/health/ready", asked -> answer(asked, 503, "no key"));
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    private static void answer(HttpExchange asked, int status, String body) throws IOException {
        asked.sendResponseHeaders(status, body.length());
        asked.getResponseBody().write(body.getBytes(UTF_8));
        asked.close();
    }

    private Optional<String> complaint(String... arguments) {
        Map<String, String> environment =
                Map.of("PORT", "" + gateway.getAddress().getPort());
        return HealthProbe.of(environment, arguments).complaint();
    }

    @Test
    void a_gateway_that_lives_gives_no_cause_for_complaint() {
        assertThat(complaint("health")).isEmpty();
    }

    @Test
    void a_gateway_that_is_not_ready_is_quoted() {
        assertThat(complaint("health", "ready").orElseThrow()).contains("503", "no key");
    }

    @Test
    void a_check_that_does_not_exist_is_a_complaint() {
        assertThat(complaint("health", "redy").orElseThrow()).contains("404");
    }

    @Test
    void a_gateway_that_is_not_there_is_a_complaint() {
        gateway.stop(0);
        assertThat(complaint("health").orElseThrow()).contains("nothing answers at", "refused");
    }

    @Test
    void a_gateway_that_says_nothing_is_a_complaint() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, LOOPBACK)) {
            InetSocketAddress address = (InetSocketAddress) silent.getLocalSocketAddress();
            HealthProbe probe = new HealthProbe(address, "/health/live", Duration.ofMillis(10));
            assertThat(probe.complaint().orElseThrow()).contains("timed out");
        }
    }

    @Test
    void one_who_listens_everywhere_is_asked_on_the_loopback() {
        assertThat(HealthProbe.of(Map.of("HOST", "0.0.0.0")).gateway())
                .isEqualTo(new InetSocketAddress(LOOPBACK, 8000));
    }

    @Test
    void the_long_names_of_the_options_come_first() {
        Map<String, String> environment = Map.of(
                "HOST", "127.0.0.2", "FREEROUTER_HTTP_HOST", "127.0.0.3", "PORT", "1", "FREEROUTER_HTTP_PORT", "2");
        assertThat(HealthProbe.of(environment).gateway()).isEqualTo(new InetSocketAddress("127.0.0.3", 2));
    }

    @Test
    void the_program_probes_only_when_told_to() {
        assertThat(HealthProbe.wanted("health")).isTrue();
        assertThat(HealthProbe.wanted()).isFalse();
        assertThat(HealthProbe.wanted("-Dhealth")).isFalse();
    }
}

package io.freerouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UpstreamClientTest {
    static List<Arguments> failures() {
        return List.of(
                Arguments.of(
                        new UnknownHostException("a.b: Name or service not known"), "the name a.b cannot be resolved"),
                Arguments.of(
                        new SSLHandshakeException("PKIX path building failed: sun.security.provider"),
                        "Java does not trust the certificate that it shows"),
                Arguments.of(
                        new SSLHandshakeException("No name matching a.b found"),
                        "TLS failed: No name matching a.b found"),
                Arguments.of(new ConnectException("Connection\nrefused"), "Connection refused"),
                Arguments.of(new IOException(), "IOException"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failed_connection_is_explained_in_one_line(IOException failure, String words) {
        assertThat(UpstreamClient.explained(failure)).isEqualTo(words);
    }

    @Test
    void a_password_of_an_upstream_is_not_shown() {
        assertThat(UpstreamClient.place(URI.create("https://me:secret@a.b:8443/api/v1")))
                .isEqualTo("a.b:8443");
        assertThat(UpstreamClient.place(URI.create("http://[::1]/api/v1"))).isEqualTo("[::1]");
    }

    @Test
    void a_password_of_a_proxy_is_not_shown() {
        ProxyAddress proxy = new ProxyAddress(Proxy.Type.SOCKS, "::1", 1080, "me", "secret");
        assertThat(proxy).hasToString("socks://[::1]:1080");
    }

    @Test
    void an_upstream_that_takes_too_long_altogether_is_given_up() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            ProgramOptions options =
                    CommandRun.options(URI.create("http://127.0.0.1:" + silent.getLocalPort()), Map.of());
            UpstreamClient client = new UpstreamClient(options, Duration.ofSeconds(60), Duration.ofMillis(50));
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> client.key("sk-or-none"))
                    .withMessageContaining("no whole answer within 50 ms");
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> client.post("/auth/keys", JsonNodeFactory.instance.objectNode()));
        }
    }
}

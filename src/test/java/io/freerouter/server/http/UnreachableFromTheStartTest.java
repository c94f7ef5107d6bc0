package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.server.http.UnreachableFromTheStartTest.BlackHole;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No list of models was ever read, because connections to the upstream get no answer. */
@QuarkusTest
@WithTestResource(BlackHole.class)
class UnreachableFromTheStartTest {
    /** A queue of connections that is full leaves further attempts to connect without an answer. */
    public static final class BlackHole implements QuarkusTestResourceLifecycleManager {
        private final List<AutoCloseable> open = new ArrayList<>();

        @Override
        public Map<String, String> start() {
            try {
                ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                open.add(full);
                for (int count = 0; count < 2; count++) {
                    open.add(new Socket("127.0.0.1", full.getLocalPort()));
                }
                return Map.of(
                        "freerouter.upstream.base-url", "http://127.0.0.1:" + full.getLocalPort() + "/api/v1",
                        "freerouter.upstream.api-key", "sk-or-test-0123456789abcdef",
                        "freerouter.upstream.connect-timeout", "500ms",
                        "quarkus.log.console.level", "ERROR");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public void stop() {
            open.forEach(one -> {
                try {
                    one.close();
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_error_says_when_to_ask_again_and_nothing_is_counted(boolean stream) {
        Response answer = Gateway.auto(stream);

        assertError(answer, 503, "no_models");
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(answer.header("x-should-retry")).isNotEqualTo("false");
        assertThat(RestAssured.get("/v1/quota").jsonPath().getLong("day.used")).isZero();
    }
}

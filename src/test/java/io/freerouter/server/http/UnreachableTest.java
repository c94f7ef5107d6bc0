package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The list of models was read, and then nobody listens any more. */
@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "freerouter.upstream.x-title", value = "The test that closes its upstream"),
            @ResourceArg(name = "freerouter.upstream.connect-timeout", value = "1s"),
            @ResourceArg(name = "freerouter.race.first-token-timeout", value = "10m"),
            @ResourceArg(name = "freerouter.request-timeout", value = "10m")
        })
class UnreachableTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    FakeOpenRouter upstream;

    @Test
    @Order(1)
    void two_connects_that_fail_are_an_error_that_says_when_to_ask_again() {
        Pool.of(
                upstream,
                CannedAnswers.answers("Never"),
                CannedAnswers.answers("Never"),
                CannedAnswers.answers("Never"),
                CannedAnswers.answers("Never"));
        upstream.close();
        assertThatItIsSaid(Gateway.auto(false));
        assertThatItIsSaid(Gateway.auto(true));
    }

    private static void assertThatItIsSaid(Response response) {
        assertError(response, 503, "upstream_unreachable");
        assertThat(response.header("Retry-After")).isEqualTo("1");
        assertThat(response.header("x-should-retry")).isNotEqualTo("false");
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("2");
        assertThat(usedToday()).isZero();
    }

    private static long usedToday() {
        return RestAssured.get("/v1/quota").jsonPath().getLong("day.used");
    }

    /** A queue of connections that is full leaves further attempts to connect without an answer. */
    private void inABlackHole(BlackHole test) throws IOException {
        int port = URI.create(upstream.baseUrl()).getPort();
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            for (int count = 0; count < 2; count++) {
                waiting.add(new Socket("127.0.0.1", port));
            }
            test.run();
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private interface BlackHole {
        void run() throws IOException;
    }

    @Test
    @Order(2)
    void two_connects_without_an_answer_are_the_same_error() throws IOException {
        inABlackHole(() -> {
            assertThatItIsSaid(Gateway.auto(false));
            assertThatItIsSaid(Gateway.auto(true));
        });
    }

    @Test
    @Order(3)
    void a_caller_that_disconnects_while_there_is_no_connection_yet_has_used_nothing_of_the_quota() throws IOException {
        inABlackHole(() -> {
            try (RawCall call = RawCall.chat(Gateway.body("auto", true))) {
                awaitUsed(used -> used == 1);
                assertThat(call).isNotNull();
            }
            awaitUsed(used -> used == 0);
        });
    }

    private static void awaitUsed(LongPredicate expected) {
        Instant end = Instant.now().plus(SOON);
        while (!expected.test(usedToday())) {
            assertThat(Instant.now()).as("used: " + usedToday()).isBefore(end);
        }
    }
}

package io.freerouter.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.ReceivedRequest;
import io.freerouter.testing.FakeOpenRouter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three slow models over real sockets. */
@QuarkusTest
@WithTestResource(Upstream.class)
class RaceTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Map<String, String> RACE = Map.of("X-FreeRouter-Strategy", "race");

    FakeOpenRouter upstream;

    @BeforeEach
    void slow() {
        upstream.script(Upstream.FIRST, CannedAnswers.slow(Duration.ofMillis(2_000), "Oak"));
        upstream.script(Upstream.SECOND, CannedAnswers.slow(Duration.ofMillis(200), "Acorn"));
        upstream.script(Upstream.THIRD, CannedAnswers.slow(Duration.ofMillis(1_000), "Bark"));
    }

    @AfterEach
    void no_call_stays_open() {
        upstream.awaitOpenCalls(0, SOON);
    }

    private static ValidatableResponse ask(boolean stream, Map<String, String> headers) {
        return given().headers(headers)
                .contentType("application/json")
                .body("{\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                .post("/v1/chat/completions")
                .then();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_first_to_speak_answers_and_the_other_connections_are_closed(boolean stream) {
        ask(stream, RACE)
                .statusCode(200)
                .header("X-FreeRouter-Model", equalTo(Upstream.SECOND))
                .header("X-FreeRouter-Attempts", equalTo("3"))
                .body(containsString("Acorn"));
        upstream.awaitAbortedCalls(2, SOON);
        assertThat(upstream.asked()).containsExactlyInAnyOrder(Upstream.FIRST, Upstream.SECOND, Upstream.THIRD);
    }

    @Test
    void a_race_of_one_waits_for_the_first() {
        ask(true, Map.of("X-FreeRouter-Strategy", "race", "X-FreeRouter-Race", "1"))
                .statusCode(200)
                .header("X-FreeRouter-Model", equalTo(Upstream.FIRST));
        assertThat(upstream.asked()).containsExactly(Upstream.FIRST);
    }

    @Test
    void a_rejection_closes_the_other_connections() {
        String error = "{\"error\":{\"message\":\"No such role\",\"code\":400}}";
        upstream.script(
                Upstream.SECOND,
                AnswerScript.begin()
                        .pause(Duration.ofMillis(500))
                        .respond(400, Map.of("Content-Type", "application/json"), error));
        ask(true, RACE).statusCode(400).body(containsString("No such role"));
        upstream.awaitAbortedCalls(2, SOON);
    }

    @Test
    void the_headers_that_set_the_pace_do_not_reach_the_upstream() {
        ask(false, Map.of("X-FreeRouter-Strategy", "race", "X-FreeRouter-Race", "2"))
                .statusCode(200);
        assertThat(upstream.requests())
                .filteredOn(ReceivedRequest::chat)
                .hasSize(2)
                .allSatisfy(call -> {
                    assertThat(call.header("X-FreeRouter-Strategy")).isEmpty();
                    assertThat(call.header("X-FreeRouter-Race")).isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-FreeRouter-Strategy", "X-FreeRouter-Race"})
    void a_header_that_means_nothing_is_refused_by_its_name(String header) {
        ask(true, Map.of(header, "sideways")).statusCode(400).body("error.param", equalTo(header));
        assertThat(upstream.asked()).isEmpty();
    }
}

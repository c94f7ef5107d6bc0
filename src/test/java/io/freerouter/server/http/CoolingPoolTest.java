package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** While every model has failed lately, repetitions of a request must not use the day's requests up. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class CoolingPoolTest {
    FakeOpenRouter upstream;

    static List<Named<AnswerScript>> failures() {
        return List.of(
                Named.of("an error", CannedTestAnswers.serverError(503)),
                Named.of("a limit", CannedAnswers.rateLimited()),
                Named.of("an error in a successful response", CannedAnswers.errorInside200()),
                Named.of("no JSON", AnswerScript.begin().respond(200, Map.of("Content-Type", "text/html"), "<html>")),
                Named.of(
                        "an answer that is cut off",
                        AnswerScript.begin().raw("{\"choices\":").reset()));
    }

    private void repeatSevenTimes(AnswerScript script, boolean stream) {
        Pool.of(upstream, Collections.nCopies(8, script).toArray(AnswerScript[]::new));
        IntStream.range(0, 7).forEach(n -> Gateway.auto(stream));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_request_that_is_repeated_seven_times_asks_two_models_each_time(AnswerScript script) {
        repeatSevenTimes(script, false);
        assertThat(upstream.asked()).hasSize(8 + 6 * 2);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_stream_that_is_repeated_seven_times_asks_two_models_each_time(AnswerScript script) {
        repeatSevenTimes(script, true);
        assertThat(upstream.asked()).hasSize(8 + 6 * 2);
    }

    /** Some of the requests are repeated at once, because their connections had served before. */
    @Test
    void an_upstream_that_hangs_up_is_asked_no_more_often() {
        long before = RestAssured.get("/v1/quota").jsonPath().getLong("day.used");
        repeatSevenTimes(AnswerScript.begin().reset(), false);
        assertThat(RestAssured.get("/v1/quota").jsonPath().getLong("day.used") - before)
                .isEqualTo(8 + 6 * 2);
    }

    @Test
    void an_answer_is_found_as_soon_as_one_works_again() {
        List<String> pool = Pool.of(
                upstream,
                Collections.nCopies(4, CannedTestAnswers.serverError(503)).toArray(AnswerScript[]::new));
        Gateway.auto(false);
        upstream.script(pool.get(3), CannedAnswers.answers("Back"));
        Gateway.auto(false);
        assertThat(text(Gateway.auto(false))).contains("Back");
    }
}

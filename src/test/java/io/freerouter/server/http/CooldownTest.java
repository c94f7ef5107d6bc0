package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model's cooldown is seen in whom the next request asks first. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class CooldownTest {
    private static final int SHORT = 2;
    private static final int LONG = 600;

    FakeOpenRouter upstream;

    private interface ErrorView {
        AnswerScript rests(int seconds);
    }

    static List<Named<ErrorView>> waysToTell() {
        return List.of(
                Named.of("Retry-After in seconds", s -> header("Retry-After", s)),
                Named.of("Retry-After as a date", s -> header("Retry-After", date(s))),
                Named.of("X-RateLimit-Reset in seconds", s -> header("X-RateLimit-Reset", epoch(s))),
                Named.of("X-RateLimit-Reset in milliseconds", s -> header("X-RateLimit-Reset", epoch(s) * 1000)),
                Named.of(
                        "X-RateLimit-Reset in the body",
                        s -> body("\"metadata\":{\"headers\":{\"X-RateLimit-Reset\":\"" + epoch(s) * 1000 + "\"}}")),
                Named.of("retry_after in the body", s -> body("\"availability\":{\"retry_after\":" + s + "}")));
    }

    private static AnswerScript header(String name, Object value) {
        return AnswerScript.begin().respond(429, Map.of(name, value.toString()), "{\"error\":{\"code\":429}}");
    }

    private static AnswerScript body(String member) {
        return AnswerScript.begin().respond(429, Map.of(), "{\"error\":{\"code\":429," + member + "}}");
    }

    private static long epoch(int seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    private static String date(int seconds) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochSecond(epoch(seconds)).atOffset(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @MethodSource("waysToTell")
    void of_all_cooling_models_the_one_whose_cooldown_ends_first_is_asked_first(ErrorView told) {
        List<String> pool =
                Pool.of(upstream, told.rests(LONG), told.rests(SHORT + 100), CannedTestAnswers.serverError(500));
        Gateway.auto(false);
        Gateway.auto(false);
        assertThat(upstream.asked().subList(3, 5)).containsExactly(pool.get(2), pool.get(1));
    }

    @Test
    void a_cooling_model_is_asked_after_all_that_are_ready() {
        List<String> pool = Pool.of(upstream, CannedTestAnswers.serverError(503), CannedAnswers.answers("Hello"));
        Gateway.auto(false);
        Gateway.auto(true);
        assertThat(upstream.asked()).containsExactly(pool.get(0), pool.get(1), pool.get(1));
    }

    @Test
    void a_named_model_that_cools_down_is_asked_after_all_that_are_ready() {
        List<String> pool = Pool.of(upstream, CannedTestAnswers.serverError(503), CannedAnswers.answers("Hello"));
        Gateway.auto(false);
        Gateway.post(Gateway.body(pool.get(0), false));
        assertThat(upstream.asked()).containsExactly(pool.get(0), pool.get(1), pool.get(1));
    }

    @Test
    void a_rest_ends_when_the_upstream_said_it_would() {
        List<String> pool = Pool.of(upstream, CannedTestAnswers.rateLimited(SHORT), CannedAnswers.answers("Hello"));
        Instant before = Instant.now();
        Gateway.auto(false);
        upstream.script(pool.get(0), CannedAnswers.answers("Back"));
        while (Collections.frequency(upstream.asked(), pool.get(0)) == 1) {
            Gateway.auto(false);
            assertThat(Instant.now()).isBefore(before.plusSeconds(SHORT + 20));
        }
        assertThat(Instant.now()).isAfterOrEqualTo(before.plusSeconds(SHORT));
    }

    @Test
    void an_answer_ends_a_rest() {
        List<String> pool = Pool.of(upstream, CannedTestAnswers.serverError(500));
        Gateway.auto(false);
        upstream.script(pool.get(0), CannedAnswers.answers("Back"));
        assertThat(Gateway.auto(false).statusCode()).isEqualTo(200);
        String other = Pool.freshId();
        upstream.script(other, CannedAnswers.answers("Hello"));
        Pool.list(upstream, Pool.rows(List.of(pool.get(0), other)));
        Gateway.auto(false);
        assertThat(upstream.asked()).containsExactly(pool.get(0), pool.get(0), pool.get(0));
    }

    @Test
    void rests_survive_a_new_catalog() {
        List<String> pool = Pool.of(upstream, CannedTestAnswers.serverError(500), CannedAnswers.answers("Hello"));
        Gateway.auto(false);
        Pool.list(upstream, Pool.rows(List.of(pool.get(1))));
        Pool.list(upstream, Pool.rows(pool));
        Gateway.auto(false);
        assertThat(upstream.asked()).containsExactly(pool.get(0), pool.get(1), pool.get(1));
    }

    @Test
    void a_request_that_is_refused_cools_down_nobody() {
        List<String> pool = Pool.of(upstream, CannedAnswers.badRequest("No"), CannedAnswers.answers("Hello"));
        Gateway.auto(false);
        Gateway.auto(false);
        assertThat(upstream.asked()).containsExactly(pool.get(0), pool.get(0));
    }
}

package io.freerouter.engine;

import static io.freerouter.testing.RouterBench.resting;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestingModelsTest {
    private static final Failure BUSY = Failure.of(FailureKind.BUSY);

    private final RouterBench bench = RouterBench.with("a", "b");

    private static Instant second(long count) {
        return ManualTime.START.plusSeconds(count);
    }

    private void rest(String model, long untilSecond) {
        bench.cooldowns.rest(new ModelId(model), second(untilSecond));
    }

    @Test
    void resting_models_are_asked_after_those_that_are_ready() {
        rest("a", 60);

        bench.complete();

        assertThat(bench.upstream.asked()).containsExactly("b");
    }

    @Test
    void a_model_that_was_named_waits_its_turn_while_it_rests() {
        rest("a", 60);

        bench.complete("a");

        assertThat(bench.upstream.asked()).containsExactly("b");
    }

    @Test
    void when_all_rest_the_one_that_wakes_first_is_asked() {
        rest("a", 60);
        rest("b", 50);

        bench.complete();

        assertThat(bench.upstream.asked()).containsExactly("b");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REJECTED", "UNREACHABLE"})
    void a_model_rests_for_the_rules_time_after_a_failure_of_its_own(FailureKind kind) {
        bench.upstream.script("a", ModelScript.fail(1_000, Failure.of(kind)));

        bench.complete();
        bench.advance(1_000);

        assertThat(bench.cooldowns.restsUntil(new ModelId("a"), second(60))).contains(second(61));
        assertThat(bench.cooldowns.restsUntil(new ModelId("a"), second(61))).isEmpty();
    }

    @Test
    void a_model_rests_until_the_moment_the_upstream_names() {
        bench.upstream.script("a", ModelScript.fail(1_000, resting(FailureKind.RATE_LIMITED, second(5))));

        bench.complete();
        bench.advance(1_000);

        assertThat(bench.heard.lines()).contains("1000 fail a 429 rate limited, rests until 5000");
        assertThat(bench.cooldowns.restsUntil(new ModelId("a"), bench.time.now()))
                .contains(second(5));
    }

    @Test
    void a_shorter_rest_does_not_replace_a_longer_one() {
        rest("a", 600);
        rest("b", 700);
        bench.upstream.script("a", ModelScript.fail(1_000, BUSY));

        bench.complete();
        bench.advance(1_000);

        assertThat(bench.cooldowns.restsUntil(new ModelId("a"), bench.time.now()))
                .contains(second(600));
    }

    @Test
    void an_upstream_that_cannot_be_reached_is_not_the_models_fault() {
        bench.upstream.script("a", ModelScript.fail(1_000, Failure.of(FailureKind.UNREACHABLE)));

        bench.complete();
        bench.advance(1_000);

        assertThat(bench.cooldowns.restsUntil(new ModelId("a"), bench.time.now()))
                .isEmpty();
        assertThat(bench.heard.lines()).contains("1000 fail a upstream unreachable");
    }

    @Test
    void an_answer_ends_a_models_rest() {
        rest("a", 600);
        rest("b", 700);
        bench.upstream.script("a", ModelScript.say(1_000, "x"));

        bench.complete();
        bench.advance(1_000);

        assertThat(bench.cooldowns.restsUntil(new ModelId("a"), bench.time.now()))
                .isEmpty();
    }

    @Test
    void a_model_that_a_leaving_caller_did_not_wait_for_does_not_rest() {
        bench.complete().cancel();

        assertThat(bench.cooldowns.restsUntil(new ModelId("a"), bench.time.now()))
                .isEmpty();
    }
}

package io.freerouter.engine;

import static io.freerouter.testing.RouterBench.coolingDown;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal.AllFailed;
import io.freerouter.routing.Needs;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CoolingModelsTest {
    private static final Needs TEXT = TestRequests.needs(List.of());
    private static final Failure BUSY = Failure.of(FailureKind.BUSY);

    private final RouterBench bench = RouterBench.with("a", "b");

    private static Instant second(long count) {
        return ManualTime.START.plusSeconds(count);
    }

    private void coolDown(String model, long untilSecond) {
        bench.cooldowns.failed(
                new ModelId(model), TEXT, coolingDown(FailureKind.RATE_LIMITED, second(untilSecond)), bench.time.now());
    }

    private void failA(Failure failure) {
        bench.upstream.script("a", ModelScript.fail(1_000, failure));
        bench.complete();
        bench.advance(1_000);
    }

    private Optional<Instant> restOfA() {
        return bench.cooldowns.until(new ModelId("a"), TEXT, bench.time.now());
    }

    @Test
    void cooling_models_are_asked_after_those_that_are_ready() {
        coolDown("a", 60);

        bench.complete();

        assertThat(bench.upstream.asked()).containsExactly("b");
    }

    @Test
    void a_model_that_was_named_waits_its_turn_while_it_cools_down() {
        coolDown("a", 60);

        bench.complete("a");

        assertThat(bench.upstream.asked()).containsExactly("b");
    }

    @Test
    void when_all_cool_down_the_one_that_wakes_first_is_asked() {
        coolDown("a", 60);
        coolDown("b", 50);

        bench.complete();

        assertThat(bench.upstream.asked()).containsExactly("b");
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMITED", "POOL_LIMITED", "BUSY", "SERVER_ERROR", "NO_ANSWER", "MALFORMED", "BROKEN"})
    void a_model_cools_down_for_the_rules_time_after_a_failure_of_its_own(FailureKind kind) {
        failA(Failure.of(kind));

        assertThat(bench.recorded.lines()).contains("1000 fail a " + kind.words() + ", cools down until 61000");
        assertThat(bench.cooldowns.until(new ModelId("a"), TEXT, second(61).minusMillis(1)))
                .contains(second(61));
        assertThat(bench.cooldowns.until(new ModelId("a"), TEXT, second(61))).isEmpty();
    }

    @Test
    void a_model_that_says_nothing_in_time_cools_down_briefly() {
        failA(Failure.of(FailureKind.TIMED_OUT));

        assertThat(bench.recorded.lines()).contains("1000 fail a timed out, cools down until 16000");
    }

    @Test
    void a_model_that_is_too_small_cools_down_for_such_requests() {
        failA(Failure.of(FailureKind.TOO_LONG));

        assertThat(bench.recorded.lines()).contains("1000 fail a too small for the request, cools down until 91000");
    }

    @Test
    void a_model_that_objects_to_what_is_no_need_of_others_cools_down_for_nobody() {
        failA(Failure.of(FailureKind.UNSUITED));

        assertThat(bench.cooldowns.until(new ModelId("a"), TEXT, second(2))).isEmpty();
        assertThat(bench.upstream.asked()).containsExactly("a", "b");
    }

    @Test
    void what_nobody_could_do_a_moment_ago_is_tried_with_one_model_only() {
        for (String model : List.of("a", "b")) {
            bench.upstream.script(model, ModelScript.fail(1, Failure.of(FailureKind.UNSUITED)));
        }
        ChatRequest tools = TestRequests.chat(
                TestRequests.needs(List.of(), Set.of(Ability.TOOLS), 0), false, (model, own, output) -> List.of());
        bench.complete(tools);
        bench.advance(10);
        bench.complete(tools);
        bench.advance(10);

        assertThat(bench.upstream.asked()).containsExactly("a", "b", "a");
    }

    @Test
    void a_model_that_is_gone_is_asked_last_until_the_next_catalog() {
        bench.upstream.script("b", ModelScript.fail(0, Failure.of(FailureKind.BUSY)));
        failA(Failure.of(FailureKind.NOT_FOUND));
        bench.advance(599_009);
        bench.upstream.script("b", ModelScript.say(0, "x"));
        bench.complete();

        assertThat(bench.recorded.lines()).contains("1000 fail a not available").endsWith("600009 answer b");
    }

    @Test
    void a_model_that_is_gone_is_asked_again_after_the_next_catalog() {
        failA(Failure.of(FailureKind.NOT_FOUND));
        bench.advance(599_010);
        bench.upstream.script("a", ModelScript.say(0, "x"));
        bench.complete();

        assertThat(bench.recorded.lines()).endsWith("600010 ask a", "600010 answer a");
    }

    @Test
    void when_a_cooldown_is_over_one_request_tries_the_model_and_the_others_go_on_elsewhere() {
        coolDown("a", 60);
        bench.advance(60_000);
        bench.upstream.script("a", ModelScript.say(100, "x"));
        bench.upstream.script("b", ModelScript.say(100, "x"));

        bench.complete();
        bench.complete();
        bench.advance(100);
        bench.complete();

        assertThat(bench.upstream.asked()).containsExactly("a", "b", "a");
    }

    @Test
    void when_who_tries_a_model_leaves_another_may_try() {
        coolDown("a", 60);
        bench.advance(60_000);

        bench.complete().cancel();
        bench.complete();

        assertThat(bench.upstream.asked()).containsExactly("a", "a");
    }

    @Test
    void a_model_cools_down_until_the_moment_the_upstream_names() {
        bench.upstream.script("a", ModelScript.fail(1_000, coolingDown(FailureKind.RATE_LIMITED, second(5))));

        bench.complete();
        bench.advance(1_000);

        assertThat(bench.recorded.lines()).contains("1000 fail a 429 rate limited, cools down until 5000");
        assertThat(restOfA()).contains(second(5));
    }

    @Test
    void a_shorter_cooldown_does_not_replace_a_longer_one() {
        coolDown("a", 600);
        coolDown("b", 700);
        bench.upstream.script("a", ModelScript.fail(1_000, BUSY));

        bench.complete();
        bench.advance(1_000);

        assertThat(restOfA()).contains(second(600));
    }

    @Test
    void an_upstream_that_cannot_be_reached_is_not_the_models_fault() {
        bench.upstream.script("a", ModelScript.fail(1_000, Failure.of(FailureKind.UNREACHABLE)));

        bench.complete();
        bench.advance(1_000);

        assertThat(restOfA()).isEmpty();
        assertThat(bench.recorded.lines()).contains("1000 fail a upstream unreachable");
    }

    @Test
    void an_answer_ends_a_models_rest() {
        coolDown("a", 600);
        coolDown("b", 700);
        bench.upstream.script("a", ModelScript.say(1_000, "x"));

        bench.complete();
        bench.advance(1_000);

        assertThat(restOfA()).isEmpty();
    }

    @Test
    void a_model_that_a_leaving_caller_did_not_wait_for_does_not_rest() {
        bench.complete().cancel();

        assertThat(restOfA()).isEmpty();
    }

    @Test
    void a_model_that_is_no_longer_free_when_its_turn_has_come_is_not_asked() {
        bench.advance(530_000);
        coolDown("a", 1_000);
        coolDown("b", 1_100);
        bench.upstream.script("a", ModelScript.hang());
        var request = bench.complete();
        bench.catalogs.free("a");
        bench.advance(120_000);

        assertThat(bench.upstream.asked()).containsExactly("a");
        assertThat(RouterBench.refusal(request)).isInstanceOf(AllFailed.class);
    }
}

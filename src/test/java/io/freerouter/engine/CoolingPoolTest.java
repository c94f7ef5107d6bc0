package io.freerouter.engine;

import static io.freerouter.testing.RouterBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.QuotaRules;
import io.freerouter.testing.Gates;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Eight models that have all just failed. */
class CoolingPoolTest {
    private static final List<String> MODELS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

    private final RouterBench bench = RouterBench.with(MODELS.toArray(String[]::new));

    @AfterEach
    void no_call_stays_open_and_no_timer_but_the_catalogs() {
        assertThat(bench.upstream.openCalls()).as("open calls").isZero();
        assertThat(bench.time.pending()).as("timers").isEqualTo(1);
    }

    private void allFail() {
        MODELS.forEach(
                model -> bench.upstream.script(model, ModelScript.fail(1, Failure.of(FailureKind.SERVER_ERROR))));
    }

    private void ask() {
        bench.complete();
        bench.advance(10);
    }

    @Test
    void seven_repetitions_of_a_request_ask_two_models_each() {
        allFail();
        for (int n = 0; n < 7; n++) {
            ask();
            bench.advance(500L << n);
        }

        assertThat(bench.upstream.asked()).hasSize(8 + 6 * 2);
    }

    @Test
    void each_repetition_asks_others() {
        allFail();
        IntStream.range(0, 5).forEach(n -> ask());

        assertThat(bench.upstream.asked().subList(8, 16)).containsExactlyInAnyOrderElementsOf(MODELS);
    }

    @Test
    void a_model_that_works_again_is_found_within_four_repetitions() {
        allFail();
        ask();
        bench.upstream.script("h", ModelScript.say(1, "hello"));

        assertThat(IntStream.range(0, 4).mapToObj(n -> {
                    var request = bench.complete();
                    bench.advance(10);
                    return request.getItem() != null;
                }))
                .contains(true);
    }

    @Test
    void a_model_whose_cooldown_is_over_is_asked_first() {
        allFail();
        ask();
        ask();
        bench.advance(60_000);
        bench.upstream.script("h", ModelScript.say(1, "hello"));
        var request = bench.complete();
        bench.advance(10);

        assertThat(request.assertCompleted().getItem().model()).isEqualTo(new ModelId("h"));
    }

    @Test
    void a_race_asks_no_more_of_them_than_a_fallback() {
        allFail();
        bench.hedging(3, 0);
        ask();
        int before = bench.upstream.asked().size();
        ask();

        assertThat(bench.upstream.asked()).hasSize(before + 2);
    }

    @Test
    void after_those_that_are_ready_two_more_are_asked() {
        allFail();
        ask();
        bench.advance(60_000);
        MODELS.subList(2, 8)
                .forEach(model -> bench.cooldowns.failed(
                        new ModelId(model),
                        TestRequests.needs(List.of()),
                        Failure.of(FailureKind.BUSY),
                        bench.time.now()));
        ask();

        assertThat(bench.upstream.asked().subList(8, 12)).startsWith("a", "b").hasSize(4);
    }

    @Test
    void while_little_of_the_quota_is_left_one_is_asked() {
        bench.quota(new QuotaRules(OptionalLong.empty(), OptionalLong.of(10)), Gates.SILENT, Duration.ZERO);
        allFail();
        ask();
        ask();

        assertThat(bench.upstream.asked()).hasSize(9);
    }

    @Test
    void concurrent_requests_try_each_model_once_and_the_others_hear_when_to_come_again() {
        allFail();
        ask();
        MODELS.forEach(model -> bench.upstream.script(model, ModelScript.say(500, model)));
        var requests = Stream.generate(() -> bench.complete()).limit(50).toList();
        bench.advance(1);

        assertThat(bench.upstream.asked().subList(8, bench.upstream.asked().size()))
                .containsExactlyInAnyOrderElementsOf(MODELS);
        assertThat(requests.stream().filter(request -> request.getFailure() != null))
                .hasSize(42)
                .allSatisfy(request -> assertThat(refusal(request))
                        .isEqualTo(new Refusal.AllCoolingDown(
                                bench.time.now().minusMillis(1).plusSeconds(3))));
        bench.advance(500);
        assertThat(requests.stream().filter(request -> request.getItem() != null))
                .hasSize(8);
    }

    @Test
    void the_only_model_gets_one_attempt_at_a_time_until_it_has_answered() {
        RouterBench alone = RouterBench.with("a");
        alone.upstream.script("a", ModelScript.fail(1, Failure.of(FailureKind.BUSY)));
        alone.complete();
        alone.advance(70_000);
        alone.upstream.script("a", ModelScript.say(100, "hello"));
        var first = alone.complete();
        var second = alone.complete();
        alone.advance(100);
        var third = alone.complete();
        var fourth = alone.complete();
        alone.advance(100);

        first.assertCompleted();
        assertThat(refusal(second)).isInstanceOf(Refusal.AllCoolingDown.class);
        third.assertCompleted();
        fourth.assertCompleted();
    }
}

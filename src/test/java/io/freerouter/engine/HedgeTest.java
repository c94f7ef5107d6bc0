package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HedgeTest {
    private static final Failure BUSY = Failure.of(FailureKind.BUSY);

    private RouterBench bench = RouterBench.with("a", "b", "c", "d");

    @AfterEach
    void no_call_stays_open_and_no_timer_but_the_catalogs() {
        assertThat(bench.upstream.openCalls()).as("open calls").isZero();
        assertThat(bench.time.pending()).as("timers").isEqualTo(1);
    }

    private void script(String model, ModelScript script) {
        bench.upstream.script(model, script);
    }

    @Test
    void a_second_model_is_asked_once_the_first_was_silent_for_the_hedge_delay() {
        script("b", ModelScript.say(50, "hello"));

        bench.hedging(2, 100).complete();
        bench.advance(150);

        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "100 ask b", "150 answer b", "150 cancel a");
    }

    @Test
    void a_model_that_answers_within_the_hedge_delay_is_the_only_one_asked() {
        script("a", ModelScript.say(99, "hello"));

        bench.hedging(2, 100).complete();
        bench.advance(1_000);

        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "99 answer a");
    }

    @Test
    void each_lane_opens_after_the_silence_of_the_one_before_it() {
        script("c", ModelScript.say(50, "hello"));

        bench.hedging(3, 100).complete();
        bench.advance(250);

        assertThat(bench.recorded.lines())
                .containsExactly("0 ask a", "100 ask b", "200 ask c", "250 answer c", "250 cancel a", "250 cancel b");
    }

    @Test
    void a_model_that_was_hedged_may_still_win() {
        script("a", ModelScript.say(150, "hello"));

        bench.hedging(2, 100).complete();
        bench.advance(150);

        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "100 ask b", "150 answer a", "150 cancel b");
    }

    @Test
    void a_failure_is_replaced_at_once_and_the_hedge_clock_starts_anew() {
        script("a", ModelScript.fail(60, BUSY));
        script("c", ModelScript.say(50, "hello"));

        bench.hedging(2, 100).complete();
        bench.advance(210);

        assertThat(bench.recorded.lines())
                .containsExactly(
                        "0 ask a",
                        "60 fail a busy, cools down until 60060",
                        "60 ask b",
                        "160 ask c",
                        "210 answer c",
                        "210 cancel b");
    }

    @Test
    void a_failure_is_replaced_at_once_while_the_others_run_on() {
        script("b", ModelScript.fail(50, BUSY));
        script("c", ModelScript.say(50, "hello"));

        bench.hedging(2, 100).complete();
        bench.advance(200);

        assertThat(bench.recorded.lines())
                .containsExactly(
                        "0 ask a",
                        "100 ask b",
                        "150 fail b busy, cools down until 60150",
                        "150 ask c",
                        "200 answer c",
                        "200 cancel a");
    }

    @Test
    void a_failure_in_the_instant_of_the_hedge_is_replaced_beside_it() {
        script("a", ModelScript.fail(100, BUSY));
        script("b", ModelScript.say(50, "hello"));

        bench.hedging(2, 100).complete();
        bench.advance(150);

        assertThat(bench.recorded.lines())
                .containsExactly(
                        "0 ask a",
                        "100 ask b",
                        "100 fail a busy, cools down until 60100",
                        "100 ask c",
                        "150 answer b",
                        "150 cancel c");
    }

    @Test
    void models_that_fail_while_they_are_being_asked_are_replaced_in_the_same_lane() {
        List.of("a", "b", "c").forEach(model -> script(model, ModelScript.fail(0, BUSY)));
        script("d", ModelScript.say(50, "hello"));

        bench.hedging(2, 100).complete();
        bench.advance(50);

        assertThat(bench.upstream.asked()).containsExactly("a", "b", "c", "d");
        assertThat(bench.upstream.mostOpenCalls()).isEqualTo(1);
    }

    @Test
    void a_hedge_that_finds_nobody_to_ask_waits_for_those_who_run() {
        bench = RouterBench.with("a").hedging(3, 100);
        script("a", ModelScript.say(500, "hello"));

        bench.complete();
        bench.advance(500);

        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "500 answer a");
    }

    @Test
    void the_time_that_a_connection_takes_says_nothing_of_a_model_that_was_not_asked_yet() {
        RouterBench bench = RouterBench.with("a", "b").hedging(2, 60_000);
        bench.upstream.script("a", ModelScript.say(10, "hello").complete(11));
        for (int n = 0; n < 6; n++) {
            bench.stream();
            bench.advance(11);
        }
        bench.upstream.script("a", ModelScript.hang().connects(100_000));
        for (int n = 0; n < 6; n++) {
            var request = bench.stream();
            bench.advance(20_000);
            request.cancel();
        }
        int before = bench.upstream.asked().size();
        var request = bench.stream();
        bench.advance(1000);

        assertThat(bench.upstream.asked().subList(before, before + 2)).containsExactly("a", "b");
        request.cancel();
    }
}

package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.RefusalException;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A model that speaks is not silent, although what it says is held back until it has been checked. */
class HeldAnswersTest {
    private static final Failure UNSOUND = Failure.of(FailureKind.UNSOUND_CALLS);

    private final RouterBench bench = RouterBench.with("a", "b");

    @AfterEach
    void no_call_stays_open_and_no_timer_but_the_catalogs() {
        assertThat(bench.upstream.openCalls()).as("open calls").isZero();
        assertThat(bench.time.pending()).as("timers").isEqualTo(1);
    }

    @Test
    void an_answer_that_is_held_may_take_longer_than_the_first_token() {
        bench.upstream.script(
                "a",
                ModelScript.hang()
                        .holds(29_000)
                        .holds(80_000)
                        .then(130_000, "x")
                        .complete(130_001));
        var request = bench.stream();
        bench.advance(131_000);
        RouterBench.read(request, 10).assertCompleted().assertItems("x");
        assertThat(bench.recorded.lines()).startsWith("0 ask a", "130000 answer a");
    }

    @Test
    void an_answer_that_is_held_and_falls_silent_times_out_at_the_idle_limit() {
        bench.upstream.script("a", ModelScript.hang().holds(1_000).holds(29_000));
        bench.upstream.script("b", ModelScript.say(10, "x").complete(11));
        bench.stream();
        bench.advance(89_000);
        assertThat(bench.recorded.lines())
                .containsExactly("0 ask a", "89000 fail a timed out, cools down until 104000", "89000 ask b");
        bench.advance(20);
    }

    @Test
    void no_other_model_is_asked_beside_one_that_speaks() {
        bench.upstream.script("a", ModelScript.hang().holds(50).then(500, "x").complete(501));
        bench.hedging(2, 100).stream();
        bench.advance(600);
        assertThat(bench.upstream.asked()).containsExactly("a");
    }

    @Test
    void after_unsound_calls_the_next_model_is_asked_at_once_and_the_first_one_has_no_cooldown() {
        bench.upstream.script("a", ModelScript.hang().holds(50).breaks(500, UNSOUND));
        bench.upstream.script("b", ModelScript.say(10, "x").complete(11));
        bench.stream();
        bench.advance(600);
        assertThat(bench.recorded.lines())
                .startsWith(
                        "0 ask a", "500 fail a called tools in a way that cannot be used", "500 ask b", "510 answer b");
    }

    @Test
    void what_is_held_in_the_middle_of_a_stream_counts_against_its_silence() {
        bench.upstream.script("a", ModelScript.say(100, "x").holds(59_000).holds(100_000));
        var request = bench.stream();
        bench.advance(100);
        var reader = RouterBench.read(request, 10);
        bench.advance(159_800);
        reader.assertNotTerminated();
        bench.advance(200);
        reader.assertFailedWith(AttemptException.class, "timed out").assertItems("x");
        assertThat(bench.recorded.lines()).endsWith("160000 break a timed out, cools down until 175000");
    }

    @Test
    void a_models_speed_is_the_time_until_it_speaks() {
        List<Duration> took = new ArrayList<>();
        bench.alsoTell(event -> {
            if (event instanceof RouterEvent.Answered answered) {
                took.add(answered.took());
            }
        });
        bench.upstream.script("a", ModelScript.hang().holds(70).then(5_000, "x").complete(5_001));
        bench.stream();
        bench.advance(5_100);
        assertThat(took).containsExactly(Duration.ofMillis(70));
    }

    @Test
    void a_model_that_speaks_is_not_cut_off_at_the_deadline_of_the_request() {
        bench.upstream.script(
                "a",
                ModelScript.hang().holds(500).holds(40_000).then(70_000, "x").complete(70_001));
        var request = bench.deadline(1).stream();
        bench.advance(71_000);
        RouterBench.read(request, 10).assertCompleted().assertItems("x");
    }

    @Test
    void a_model_that_spoke_and_fell_silent_ends_with_the_request_that_is_past_its_deadline() {
        bench.upstream.script("a", ModelScript.hang().holds(500));
        var request = bench.deadline(1).stream();
        bench.advance(60_499);
        request.assertNotTerminated();
        bench.advance(1);
        assertThat(bench.upstream.asked()).containsExactly("a");
        request.assertFailedWith(RefusalException.class);
    }

    @Test
    void the_caller_hears_that_a_model_speaks_when_its_first_piece_is_held() {
        List<Instant> spoke = new ArrayList<>();
        bench.upstream.script(
                "a", ModelScript.hang().holds(70).holds(90).then(200, "x").complete(201));
        Instant begun = bench.time.now();
        bench.stream(() -> spoke.add(bench.time.now()));
        bench.advance(90);
        assertThat(spoke).containsExactly(begun.plusMillis(70));
        bench.advance(200);
    }
}

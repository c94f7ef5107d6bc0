package io.freerouter.engine;

import static io.freerouter.testing.RouterBench.failure;
import static io.freerouter.testing.RouterBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.FailedAttempt;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RaceTest {
    private static final Failure BUSY = Failure.of(FailureKind.BUSY);
    private static final Failure LIMITED = failure(FailureKind.RATE_LIMITED, 429);
    private static final Failure REJECTED = failure(FailureKind.REJECTED, 400);

    private RouterBench bench = RouterBench.with("a", "b", "c", "d");

    @AfterEach
    void no_call_stays_open_and_no_timer_but_the_catalogs() {
        assertThat(bench.upstream.openCalls()).as("open calls").isZero();
        assertThat(bench.time.pending()).as("timers").isEqualTo(1);
    }

    private void script(String model, ModelScript script) {
        bench.upstream.script(model, script);
    }

    private boolean coolsDown(String model) {
        return bench.cooldowns
                .until(new ModelId(model), TestRequests.needs(List.of()), bench.time.now())
                .isPresent();
    }

    private static FailedAttempt attempt(String model, Failure failure) {
        return new FailedAttempt(new ModelId(model), failure);
    }

    @Test
    void without_a_delay_all_lanes_ask_at_once_and_the_first_token_wins() {
        script("a", ModelScript.say(300, "slow"));
        script("b", ModelScript.say(100, "fast"));

        var request = bench.hedging(3, 0).stream();
        bench.advance(100);

        assertThat(bench.recorded.lines())
                .containsExactly("0 ask a", "0 ask b", "0 ask c", "100 answer b", "100 cancel a", "100 cancel c");
        assertThat(bench.upstream.openCalls()).isEqualTo(1);
        request.assertCompleted().getItem().content().close();
    }

    @Test
    void losers_do_not_rest() {
        script("b", ModelScript.say(100, "hello"));

        bench.hedging(3, 0).complete();
        bench.advance(100);

        assertThat(List.of("a", "b", "c")).noneMatch(this::coolsDown);
    }

    @Test
    void a_model_that_failed_before_the_win_cools_down() {
        script("a", ModelScript.fail(50, BUSY));
        script("b", ModelScript.say(100, "hello"));

        bench.hedging(3, 0).complete();
        bench.advance(100);

        assertThat(bench.recorded.lines())
                .containsExactly(
                        "0 ask a",
                        "0 ask b",
                        "0 ask c",
                        "50 fail a busy, cools down until 60050",
                        "50 ask d",
                        "100 answer b",
                        "100 cancel d",
                        "100 cancel c");
        assertThat(List.of("a", "b", "c", "d").stream().filter(this::coolsDown)).containsExactly("a");
    }

    @Test
    void a_model_that_answers_while_it_is_being_asked_leaves_the_others_alone() {
        script("a", ModelScript.say(0, "hello"));

        bench.hedging(3, 0).complete().assertCompleted();
        bench.advance(100);

        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "0 answer a");
    }

    @Test
    void never_more_run_than_the_width_and_never_more_are_asked_than_allowed() {
        bench = RouterBench.with("a", "b", "c", "d", "e", "f").maxAttempts(5).hedging(3, 0);
        List.of("a", "b", "c", "d", "e", "f").forEach(model -> script(model, ModelScript.fail(100, BUSY)));

        var request = bench.complete();
        bench.advance(1_000);

        assertThat(refusal(request)).isInstanceOf(Refusal.AllFailed.class);
        assertThat(bench.upstream.asked()).containsExactly("a", "b", "c", "d", "e");
        assertThat(bench.upstream.mostOpenCalls()).isEqualTo(3);
    }

    @Test
    void a_race_may_be_wider_than_the_pool() {
        script("a", ModelScript.fail(100, BUSY));
        script("d", ModelScript.say(200, "hello"));

        var request = bench.hedging(50, 0).complete();
        bench.advance(200);

        assertThat(request.assertCompleted().getItem().model()).isEqualTo(new ModelId("d"));
        assertThat(bench.upstream.mostOpenCalls()).isEqualTo(4);
    }

    @Test
    void a_rejected_request_ends_the_race_at_once() {
        script("b", ModelScript.fail(100, REJECTED));

        var request = bench.hedging(3, 0).complete();
        bench.advance(100);

        assertThat(refusal(request)).isEqualTo(new Refusal.Rejected(new ModelId("b"), REJECTED, 3));
        assertThat(bench.recorded.lines())
                .endsWith("100 fail b 400 request rejected", "100 cancel a", "100 cancel c")
                .hasSize(6);
    }

    @Test
    void if_all_fail_every_attempt_is_told_in_the_order_asked() {
        bench = RouterBench.with("a", "b", "c").hedging(3, 0);
        script("a", ModelScript.fail(300, BUSY));
        script("b", ModelScript.fail(100, LIMITED));
        script("c", ModelScript.fail(200, BUSY));

        var request = bench.complete();
        bench.advance(300);

        assertThat(refusal(request))
                .isEqualTo(
                        new Refusal.AllFailed(List.of(attempt("a", BUSY), attempt("b", LIMITED), attempt("c", BUSY))));
    }

    @Test
    void all_who_were_asked_count_as_attempts() {
        script("a", ModelScript.fail(50, BUSY));
        script("b", ModelScript.say(200, "hello"));

        var request = bench.hedging(2, 100).complete();
        bench.advance(250);

        assertThat(request.assertCompleted().getItem())
                .isEqualTo(new Answer<>(new ModelId("b"), 3, new Completion("hello", AnswerMetadata.NONE, false)));
    }
}

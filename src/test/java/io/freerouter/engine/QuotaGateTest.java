package io.freerouter.engine;

import static io.freerouter.testing.RouterBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.FailedAttempt;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.Refusal.QuotaSpent;
import io.freerouter.routing.QuotaRules;
import io.freerouter.testing.Gates;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Two requests a minute and ten a day, and up to ten seconds of waiting. */
class QuotaGateTest {
    private static final OptionalLong TWO = OptionalLong.of(2);

    private final RouterBench bench = RouterBench.with("a", "b", "c");

    QuotaGateTest() {
        allow(2, 10);
        bench.upstream.script("a", ModelScript.say(1, "hello").complete(1));
    }

    private void allow(long minute, long day) {
        QuotaRules rules = new QuotaRules(OptionalLong.of(minute), OptionalLong.of(day));
        bench.quota(rules, Gates.SILENT, Duration.ofSeconds(10));
    }

    private static Instant second(double count) {
        return ManualTime.START.plusMillis(Math.round(count * 1000));
    }

    private static Failure spent(FailureKind kind, Instant until) {
        return new Failure(kind, OptionalInt.of(429), Optional.of(until), Optional.empty(), Optional.empty(), TWO);
    }

    private List<UniAssertSubscriber<Answer<Completion>>> ask(int count) {
        List<UniAssertSubscriber<Answer<Completion>>> requests = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            requests.add(bench.complete());
        }
        bench.advance(1);
        return requests;
    }

    @Test
    void a_request_beyond_the_minutes_is_refused_at_once_where_it_would_wait_too_long() {
        ask(2);
        var third = ask(1).get(0);

        assertThat(refusal(third)).isEqualTo(new QuotaSpent(QuotaWindow.MINUTE, TWO, second(61), 0));
        assertThat(bench.upstream.asked()).hasSize(2);
    }

    @Test
    void a_request_waits_for_the_next_of_the_minutes_if_that_is_soon() {
        ask(2);
        bench.advance(52_000);
        var third = ask(1).get(0);
        bench.advance(8_000);
        assertThat(bench.upstream.asked()).hasSize(2);
        bench.advance(1_000);

        third.assertCompleted();
        assertThat(bench.upstream.asked()).hasSize(3);
    }

    @Test
    void first_come_is_first_served_and_only_so_many_wait() {
        ask(1);
        bench.advance(1_000);
        ask(1);
        bench.advance(56_000);
        var waiting = ask(3);

        assertThat(refusal(waiting.get(2))).isEqualTo(new QuotaSpent(QuotaWindow.MINUTE, TWO, second(122), 0));
        bench.advance(4_000);
        waiting.get(0).assertCompleted();
        waiting.get(1).assertNotTerminated();
        bench.advance(1_000);
        waiting.get(1).assertCompleted();
    }

    @Test
    void nobody_overtakes_those_who_wait() {
        ask(2);
        bench.advance(55_000);
        var early = ask(2);
        bench.advance(5_900);
        var late = ask(1).get(0);
        bench.advance(1_000);

        early.forEach(UniAssertSubscriber::assertCompleted);
        assertThat(refusal(late)).isInstanceOf(QuotaSpent.class);
    }

    @Test
    void who_leaves_while_waiting_makes_no_request_and_holds_nobody_up() {
        ask(2);
        bench.advance(55_000);
        var waiting = ask(2);
        waiting.get(0).cancel();
        bench.advance(6_000);

        waiting.get(1).assertCompleted();
        assertThat(bench.upstream.asked()).hasSize(3);
    }

    @Test
    void the_days_end_is_not_waited_for() {
        allow(100, 2);
        ask(2);

        QuotaSpent refused = (QuotaSpent) refusal(ask(1).get(0));
        assertThat(refused.window()).isEqualTo(QuotaWindow.DAY);
        assertThat(refused.resetsAt()).isEqualTo(QuotaWindow.DAY.endAfter(ManualTime.START));
        assertThat(bench.upstream.asked()).hasSize(2);
    }

    @Test
    void a_fallback_needs_a_request_of_its_own() {
        allow(1, 10);
        bench.upstream.script("a", ModelScript.fail(1, Failure.of(FailureKind.BUSY)));
        var request = ask(1).get(0);

        assertThat(refusal(request)).isEqualTo(new QuotaSpent(QuotaWindow.MINUTE, OptionalLong.of(1), second(61), 1));
        assertThat(bench.upstream.asked()).containsExactly("a");
    }

    @Test
    void an_attempt_that_reached_nobody_does_not_count() {
        bench.upstream.script("a", ModelScript.fail(1, Failure.of(FailureKind.UNREACHABLE)));
        bench.upstream.script("b", ModelScript.say(1, "hello"));
        bench.upstream.script("c", ModelScript.say(1, "hello"));
        var request = bench.complete();
        bench.advance(3);
        var other = bench.complete("c");
        bench.advance(3);

        request.assertCompleted();
        other.assertCompleted();
        assertThat(bench.upstream.asked()).containsExactly("a", "b", "c");
    }

    @Test
    void an_account_limit_ends_the_request_and_keeps_those_after_it_from_being_made() {
        bench.upstream.script("a", ModelScript.fail(1, spent(FailureKind.DAY_SPENT, second(500))));
        var first = ask(1).get(0);
        var second = ask(1).get(0);

        assertThat(refusal(first)).isEqualTo(new QuotaSpent(QuotaWindow.DAY, TWO, second(500), 1));
        assertThat(refusal(second)).isEqualTo(new QuotaSpent(QuotaWindow.DAY, OptionalLong.of(10), second(500), 0));
        assertThat(bench.upstream.asked()).containsExactly("a");
        assertThat(bench.recorded.lines()).contains("1 spent DAY until 500000");
    }

    @Test
    void a_limit_that_several_requests_meet_at_once_is_told_once() {
        allow(100, 100);
        bench.upstream.script("a", ModelScript.fail(1, spent(FailureKind.MINUTE_SPENT, second(50))));
        ask(5);

        assertThat(bench.recorded.lines())
                .filteredOn(line -> line.contains(" spent "))
                .hasSize(1);
    }

    @Test
    void after_the_reset_requests_are_made_again() {
        bench.upstream.script("a", ModelScript.fail(1, spent(FailureKind.MINUTE_SPENT, second(30))));
        ask(1);
        bench.upstream.script("a", ModelScript.say(1, "hello").complete(1));
        bench.advance(20_500);
        var waits = ask(1).get(0);
        waits.assertNotTerminated();
        bench.advance(10_000);

        waits.assertCompleted();
    }

    @Test
    void what_runs_when_an_account_limit_is_met_may_still_answer() {
        allow(100, 100);
        bench.hedging(2, 0);
        bench.upstream.script("a", ModelScript.fail(1, spent(FailureKind.MINUTE_SPENT, second(50))));
        bench.upstream.script("b", ModelScript.say(500, "hello"));
        var request = bench.complete();
        bench.advance(500);

        assertThat(request.assertCompleted().getItem().model()).isEqualTo(new ModelId("b"));
        assertThat(bench.upstream.asked()).containsExactly("a", "b");
    }

    @Test
    void waiting_ends_at_once_when_the_upstream_says_that_it_would_be_in_vain() {
        allow(2, 100);
        bench.upstream.script("a", ModelScript.fail(58_000, spent(FailureKind.DAY_SPENT, second(9_000))));
        bench.complete();
        ask(1);
        bench.advance(55_000);
        var waiting = ask(1).get(0);
        waiting.assertNotTerminated();
        bench.advance(3_000);

        assertThat(((QuotaSpent) refusal(waiting)).window()).isEqualTo(QuotaWindow.DAY);
    }

    @Test
    void hundreds_may_wait_for_their_turns() {
        allow(500, 5_000);
        bench.advance(1);
        ask(500);
        bench.advance(52_000);
        var waiting = ask(600);
        bench.advance(10_000);

        waiting.subList(0, 500).forEach(UniAssertSubscriber::assertCompleted);
        waiting.subList(500, 600).forEach(late -> assertThat(refusal(late)).isInstanceOf(QuotaSpent.class));
    }

    @Test
    void who_comes_after_one_who_left_is_let_through_in_time() {
        ask(2);
        bench.advance(55_000);
        var waiting = ask(3);
        waiting.get(0).cancel();
        waiting.get(1).cancel();
        bench.complete().assertNotTerminated();
        bench.advance(6_000);

        assertThat(bench.upstream.asked()).hasSize(3);
    }

    @Test
    void little_quota_left_is_not_spent_on_second_models() {
        allow(10, 100);
        bench.hedging(3, 0);
        bench.upstream.script("a", ModelScript.hang());
        bench.complete();
        bench.complete();
        bench.complete();
        bench.advance(1);

        assertThat(bench.upstream.asked()).containsExactly("a", "a", "a", "b", "b", "b", "c", "c");
        assertThat(bench.upstream.openCalls()).isEqualTo(8);
    }

    @Test
    void all_failed_is_told_as_before_where_no_limit_was_met() {
        allow(20, 100);
        for (String model : List.of("a", "b", "c")) {
            bench.upstream.script(model, ModelScript.fail(1, Failure.of(FailureKind.BUSY)));
        }
        var request = bench.complete();
        bench.advance(3);

        assertThat(((Refusal.AllFailed) refusal(request)).attempts())
                .extracting(FailedAttempt::model)
                .hasSize(3);
    }
}

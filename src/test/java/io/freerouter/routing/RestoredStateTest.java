package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.testing.TestRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a process knows that begins with the state of an earlier one. */
class RestoredStateTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:20Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-26T00:00:00Z");
    private static final ModelId MODEL = new ModelId("maker/model:free");
    private static final Needs TEXT = TestRequests.needs(List.of());
    private static final Needs TOOLS = TestRequests.needs(List.of(), Set.of(Ability.TOOLS), 100);
    private static final CooldownRules RULES = new CooldownRules(
            Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(90), Duration.ofMinutes(15));
    private static final QuotaRules OPENROUTER = new QuotaRules(OptionalLong.of(20), OptionalLong.empty());

    private final Quota quota = new Quota(OPENROUTER);
    private final Cooldowns cooldowns = new Cooldowns(RULES, () -> 0.5);
    private final ModelStatistics statistics = new ModelStatistics();

    private static Instant at(double second) {
        return NOON.plusMillis(Math.round(second * 1000));
    }

    private Quota restarted(Instant savedAt, boolean isComplete, Instant now) {
        Quota later = new Quota(OPENROUTER);
        later.restore(quota.ledger(savedAt), savedAt, isComplete, now);
        later.begin(now);
        return later;
    }

    private Cooldowns restarted(Instant savedAt, Instant now) {
        Cooldowns later = new Cooldowns(RULES, () -> 0.5);
        later.restore(cooldowns.snapshot(savedAt), savedAt, now);
        return later;
    }

    private static int take(Quota quota, int most, Instant now) {
        int taken = 0;
        while (taken < most && quota.take(now).isEmpty()) {
            taken++;
        }
        return taken;
    }

    // ---- the account

    @Test
    void a_start_in_a_used_up_minute_makes_no_attempt_until_the_minute_is_over() {
        assertThat(take(quota, 30, at(0))).isEqualTo(20);

        Quota later = restarted(at(1), true, at(2));
        assertThat(later.take(at(2))).contains(new Quota.Spent(QuotaWindow.MINUTE, OptionalLong.of(20), at(61)));
        assertThat(later.take(at(60.999))).isPresent();
        assertThat(take(later, 30, at(61))).isEqualTo(20);
    }

    @Test
    void a_kill_in_a_used_up_minute_costs_nothing_either() {
        assertThat(take(quota, 30, at(0))).isEqualTo(20);

        assertThat(restarted(at(1), false, at(2)).take(at(2))).isPresent();
    }

    @Test
    void what_a_graceful_stop_has_counted_is_all_there_is_so_nobody_waits_for_the_first_answers() {
        take(quota, 5, at(0));

        assertThat(take(restarted(at(1), true, at(2)), 30, at(2))).isEqualTo(15);
    }

    @Test
    void after_a_kill_some_attempts_may_be_missing_so_only_a_few_are_made_at_a_time() {
        take(quota, 5, at(0));

        assertThat(take(restarted(at(1), false, at(2)), 30, at(2))).isEqualTo(ColdStartLimit.FEW);
    }

    @Test
    void an_old_ledger_says_nothing_of_this_minute() {
        take(quota, 20, at(0));

        assertThat(take(restarted(at(1), true, at(3600)), 30, at(3600))).isEqualTo(ColdStartLimit.FEW);
    }

    @Test
    void a_refusal_of_the_minute_and_one_of_the_day_still_hold() {
        quota.refused(QuotaWindow.MINUTE, Optional.of(at(30)), OptionalLong.empty(), at(0));
        assertThat(restarted(at(1), true, at(2)).spent(0, at(2)).map(Quota.Spent::until))
                .contains(at(30));

        quota.refused(QuotaWindow.DAY, Optional.of(MIDNIGHT), OptionalLong.of(50), at(0));
        Quota later = restarted(at(1), false, at(3600));
        assertThat(later.spent(0, at(3600))).contains(new Quota.Spent(QuotaWindow.DAY, OptionalLong.of(50), MIDNIGHT));
        assertThat(later.state(at(3600)).day().remaining()).hasValue(0);
        assertThat(later.spent(0, MIDNIGHT.plusSeconds(1))).isEmpty();
    }

    @Test
    void the_day_is_counted_on_and_another_day_begins_anew() {
        quota.limited(OptionalLong.of(50));
        take(quota, 10, at(0));

        Quota sameDay = restarted(at(1), true, at(3600));
        assertThat(sameDay.state(at(3600)).day().used()).isEqualTo(10);
        assertThat(sameDay.state(at(3600)).day().limit()).hasValue(50);
        Instant tomorrow = MIDNIGHT.plusSeconds(60);
        assertThat(restarted(at(1), true, tomorrow).state(tomorrow).day().used())
                .isZero();
    }

    @Test
    void requests_of_others_between_two_processes_are_noticed() {
        quota.limited(OptionalLong.of(1000));
        quota.reconcile(quota.snapshot(at(0)), 10, at(0.1));
        take(quota, 3, at(1));

        Quota later = restarted(at(2), true, at(12));
        later.reconcile(later.snapshot(at(12)), 13, at(12.1));
        assertThat(later.isShared()).isFalse();
        later.reconcile(later.snapshot(at(20)), 18, at(20.1));
        assertThat(later.isShared()).isTrue();
        assertThat(restarted(at(2), true, at(12)).isShared()).isFalse();
    }

    @Test
    void a_clock_that_was_set_back_closes_the_minute_for_no_longer_than_a_minute() {
        take(quota, 20, at(0));
        Instant yesterday = at(0).minus(Duration.ofDays(1));

        Quota later = restarted(at(1), true, yesterday);
        assertThat(later.spent(0, yesterday).map(Quota.Spent::until)).contains(yesterday.plusSeconds(61));
        assertThat(later.state(yesterday).day().used()).isZero();
    }

    @Test
    void configured_limits_come_before_saved_ones() {
        Quota wide = new Quota(new QuotaRules(OptionalLong.of(100), OptionalLong.of(7)));
        wide.restore(quota.ledger(at(0)), at(0), true, at(1));

        assertThat(wide.state(at(1)).minute().limit()).hasValue(100);
        assertThat(wide.state(at(1)).day().limit()).hasValue(7);
    }

    @Test
    void the_pace_is_known_at_once() {
        quota.limited(OptionalLong.of(50));
        for (int n = 0; n < 10; n++) {
            take(quota, 1, at(60.0 * n));
        }
        Quota later = restarted(at(601), true, at(602));

        assertThat(later.forecast(at(602))).isEqualTo(quota.forecast(at(602)));
        assertThat(later.forecast(at(602)).perHour()).isPositive();
    }

    // ---- cooldowns

    @Test
    void cooldowns_go_on_and_grow_as_if_nothing_had_happened() {
        cooldowns.failed(MODEL, TEXT, Failure.of(FailureKind.RATE_LIMITED), at(0));
        Cooldowns later = restarted(at(1), at(2));

        assertThat(later.until(MODEL, TEXT, at(2))).contains(at(60));
        assertThat(later.startIfReady(MODEL, TEXT, at(61))).isTrue();
        assertThat(later.failed(MODEL, TEXT, Failure.of(FailureKind.RATE_LIMITED), at(62)))
                .contains(at(62 + 120));
    }

    @Test
    void an_attempt_that_the_earlier_process_was_making_blocks_nobody() {
        cooldowns.failed(MODEL, TEXT, Failure.of(FailureKind.RATE_LIMITED), at(0));
        assertThat(cooldowns.startIfReady(MODEL, TEXT, at(60))).isTrue();

        assertThat(restarted(at(61), at(62)).startIfReady(MODEL, TEXT, at(62))).isTrue();
    }

    @Test
    void a_cooldown_for_some_requests_and_one_that_a_user_asked_for_keep_their_meaning() {
        cooldowns.failed(MODEL, TOOLS, Failure.of(FailureKind.UNSUITED), at(0));
        cooldowns.coolDown(new ModelId("other/model"), at(600));
        Cooldowns later = restarted(at(1), at(2));

        assertThat(later.until(MODEL, TOOLS, at(2))).isPresent();
        assertThat(later.until(MODEL, TEXT, at(2))).isEmpty();
        later.answered(new ModelId("other/model"), TEXT);
        assertThat(later.until(new ModelId("other/model"), TEXT, at(2))).contains(at(600));
    }

    @Test
    void a_model_that_is_gone_stays_gone_over_the_first_catalog_but_not_over_the_second() {
        cooldowns.failed(MODEL, TEXT, Failure.of(FailureKind.NOT_FOUND), at(0));
        Cooldowns later = restarted(at(1), at(2));

        later.catalogRead(at(3));
        assertThat(later.until(MODEL, TEXT, at(4))).isPresent();
        later.catalogRead(at(603));
        assertThat(later.until(MODEL, TEXT, at(604))).isEmpty();
    }

    @Test
    void a_model_that_was_gone_an_hour_ago_may_be_asked() {
        cooldowns.failed(MODEL, TEXT, Failure.of(FailureKind.NOT_FOUND), at(0));

        assertThat(restarted(at(1), at(3600)).until(MODEL, TEXT, at(3600))).isEmpty();
    }

    @Test
    void cooldowns_that_ended_long_ago_are_forgotten() {
        cooldowns.failed(MODEL, TEXT, Failure.of(FailureKind.RATE_LIMITED), at(0));

        assertThat(restarted(at(1), at(3600)).models).isEmpty();
        assertThat(cooldowns.snapshot(at(3600)).cooldowns()).isEmpty();
    }

    @Test
    void a_clock_that_was_set_back_lengthens_no_cooldown() {
        cooldowns.failed(MODEL, TEXT, Failure.of(FailureKind.RATE_LIMITED), at(0));
        Instant yesterday = at(0).minus(Duration.ofDays(1));

        assertThat(restarted(at(10), yesterday).until(MODEL, TEXT, yesterday)).contains(yesterday.plusSeconds(50));
    }

    // ---- statistics

    @Test
    void what_was_measured_is_known_again() {
        for (int n = 0; n < 10; n++) {
            statistics.latencies().took(MODEL, true, Duration.ofMillis(900), at(n));
            statistics.latencies().took(MODEL, false, Duration.ofSeconds(9), at(n));
            statistics.results().answered(MODEL, at(n));
        }
        statistics.results().failed(MODEL, at(11));
        statistics.results().judged(MODEL, Set.of(Ability.TOOLS), false, at(11));
        statistics.results().judged(MODEL, Set.of(Ability.TOOLS), false, at(12));
        statistics.results().judged(MODEL, Set.of(), false, at(12));
        statistics.charging().add(MODEL);

        ModelStatistics later = new ModelStatistics();
        later.restore(statistics.snapshot(at(20)), at(30));
        assertThat(later.results().successRate(MODEL, 0.9, at(30)))
                .isEqualTo(statistics.results().successRate(MODEL, 0.9, at(30)))
                .isNotEqualTo(0.9);
        assertThat(later.results().isUnfit(MODEL, Set.of(Ability.TOOLS), at(30)))
                .isTrue();
        assertThat(later.results().isUnfit(MODEL, Set.of(), at(30))).isFalse();
        assertThat(later.latencies().p90(MODEL, true, at(30))).contains(Duration.ofMillis(900));
        assertThat(later.latencies().p90(MODEL, false, at(30))).contains(Duration.ofSeconds(9));
        assertThat(later.charging()).containsExactly(MODEL);
        assertThat(later.snapshot(at(30))).isEqualTo(statistics.snapshot(at(30)));
    }

    @Test
    void what_hardly_counts_any_more_is_not_saved_except_a_charge() {
        statistics.latencies().took(MODEL, true, Duration.ofMillis(900), at(0));
        statistics.results().answered(MODEL, at(0));
        statistics.charging().add(MODEL);

        StatisticsSnapshot tomorrow = statistics.snapshot(at(86_400));
        assertThat(tomorrow.attempts()).isEmpty();
        assertThat(tomorrow.streams()).isEmpty();
        assertThat(tomorrow.charging()).containsExactly(MODEL);
    }
}

package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.freerouter.failure.QuotaWindow;
import io.freerouter.testing.Gates;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-26T00:00:00Z");

    private final Quota quota = new Quota(new QuotaRules(OptionalLong.of(3), OptionalLong.of(10)));

    private static Instant at(double second) {
        return NOON.plusMillis(Math.round(second * 1000));
    }

    private void take(int count, Instant now) {
        for (int n = 0; n < count; n++) {
            assertThat(quota.take(now)).isEmpty();
        }
    }

    @Test
    void the_minutes_last_request_is_followed_by_none_until_the_first_is_a_minute_and_a_second_old() {
        take(1, at(0));
        take(2, at(10));

        assertThat(quota.take(at(20))).contains(new Quota.Spent(QuotaWindow.MINUTE, OptionalLong.of(3), at(61)));
        assertThat(quota.take(at(60.999))).isPresent();
        assertThat(quota.take(at(61))).isEmpty();
        assertThat(quota.take(at(61))).contains(new Quota.Spent(QuotaWindow.MINUTE, OptionalLong.of(3), at(71)));
    }

    @Test
    void whoever_comes_after_others_waits_for_more_to_be_over() {
        take(1, at(0));
        take(2, at(10));

        assertThat(quota.spent(0, at(20)).orElseThrow().until()).isEqualTo(at(61));
        assertThat(quota.spent(1, at(20)).orElseThrow().until()).isEqualTo(at(71));
        assertThat(quota.spent(2, at(20)).orElseThrow().until()).isEqualTo(at(71));
    }

    @Test
    void the_days_last_request_is_followed_by_none_until_midnight() {
        for (int n = 0; n < 10; n++) {
            take(1, at(100.0 * n));
        }

        assertThat(quota.take(at(2000))).contains(new Quota.Spent(QuotaWindow.DAY, OptionalLong.of(10), MIDNIGHT));
        assertThat(quota.take(MIDNIGHT.minusMillis(1))).isPresent();
        assertThat(quota.take(MIDNIGHT)).isEmpty();
    }

    @Test
    void an_attempt_that_did_not_come_about_does_not_count() {
        take(3, at(0));
        quota.giveBack(at(0), at(1));

        take(1, at(2));
        assertThat(quota.state(at(2)).day().used()).isEqualTo(3);
    }

    @Test
    void the_one_that_did_not_come_about_is_taken_out_and_no_other() {
        take(1, at(0));
        take(1, at(20));
        take(1, at(40));
        quota.giveBack(at(0), at(50));
        take(1, at(50));

        assertThat(quota.take(at(61)).map(Quota.Spent::until)).contains(at(81));
    }

    @Test
    void one_of_yesterday_that_did_not_come_about_takes_nothing_from_today() {
        take(1, MIDNIGHT.minusSeconds(1));
        take(1, MIDNIGHT);
        quota.giveBack(MIDNIGHT.minusSeconds(1), MIDNIGHT.plusSeconds(1));

        assertThat(quota.state(MIDNIGHT.plusSeconds(1)).day().used()).isEqualTo(1);
    }

    @Test
    void what_the_upstream_refuses_is_used_up_until_it_says() {
        quota.refused(QuotaWindow.MINUTE, Optional.of(at(30)), OptionalLong.of(20), at(0));

        assertThat(quota.take(at(29.999)).orElseThrow().until()).isEqualTo(at(30));
        assertThat(quota.state(at(1)).minute().remaining()).hasValue(0);
        assertThat(quota.take(at(30))).isEmpty();
    }

    @Test
    void without_a_word_of_when_it_is_until_the_clocks_minute_or_day_ends() {
        quota.refused(QuotaWindow.MINUTE, Optional.of(at(-5)), OptionalLong.empty(), at(12));
        assertThat(quota.take(at(13)).orElseThrow().until()).isEqualTo(at(60));

        quota.refused(QuotaWindow.DAY, Optional.empty(), OptionalLong.empty(), at(12));
        assertThat(quota.take(at(13)).orElseThrow())
                .isEqualTo(new Quota.Spent(QuotaWindow.DAY, OptionalLong.of(10), MIDNIGHT));
    }

    @Test
    void limits_that_are_not_known_are_learnt_from_refusals() {
        Quota learning = new Quota(Gates.UNCONFIGURED);
        assertThat(learning.state(at(0)).minute().limit()).isEmpty();

        learning.refused(QuotaWindow.MINUTE, Optional.of(at(1)), OptionalLong.of(2), at(0));
        assertThat(learning.take(at(1))).isEmpty();
        assertThat(learning.take(at(1))).isEmpty();
        assertThat(learning.take(at(1))).isPresent();
    }

    @Test
    void an_account_of_openrouters_has_twenty_a_minute() {
        Quota learning = new Quota(Gates.UNCONFIGURED);
        learning.limited(OptionalLong.of(50));

        assertThat(learning.state(at(0)).minute().limit()).hasValue(20);
        assertThat(learning.state(at(0)).day().limit()).hasValue(50);
    }

    @Test
    void what_is_configured_is_not_overruled() {
        Quota fixed = new Quota(new QuotaRules(OptionalLong.of(QuotaRules.UNLIMITED), OptionalLong.of(5)));
        fixed.limited(OptionalLong.of(1000));

        assertThat(fixed.state(at(0)).minute().limit()).isEmpty();
        assertThat(fixed.state(at(0)).day().limit()).hasValue(5);
    }

    @Test
    void the_upstreams_count_replaces_ours_but_for_what_came_since() {
        take(1, at(0));
        Quota.Snapshot begun = quota.snapshot(at(30));
        take(1, at(30.5));
        quota.reconcile(begun, 7, at(31));

        assertThat(quota.state(at(31)).day().used()).isEqualTo(8);
    }

    @Test
    void what_was_on_its_way_when_the_upstream_counted_is_counted_once_more() {
        take(1, at(29.6));
        quota.reconcile(quota.snapshot(at(30)), 7, at(31));

        assertThat(quota.state(at(31)).day().used()).isEqualTo(8);
    }

    @Test
    void what_was_answered_before_the_upstream_counted_is_in_its_count() {
        take(1, at(29.6));
        quota.accepted(at(29.6), at(29.6));
        quota.reconcile(quota.snapshot(at(30)), 7, at(31));

        assertThat(quota.state(at(31)).day().used()).isEqualTo(7);
    }

    @Test
    void what_was_made_well_before_the_upstream_counted_is_in_its_count() {
        take(1, at(29.5));
        quota.reconcile(quota.snapshot(at(30)), 7, at(31));

        assertThat(quota.state(at(31)).day().used()).isEqualTo(7);
    }

    @Test
    void what_came_while_the_upstream_was_counting_is_not_taken_for_others() {
        quota.limited(OptionalLong.of(1000));
        quota.reconcile(quota.snapshot(at(0)), 0, at(0));
        Quota.Snapshot begun = quota.snapshot(at(10));
        take(2, at(10.1));
        quota.reconcile(begun, 2, at(10.2));

        assertThat(quota.isShared()).isFalse();
        assertThat(quota.state(at(11)).minute().used()).isEqualTo(2);
    }

    @Test
    void a_limit_is_never_more_than_used_up() {
        quota.limited(OptionalLong.of(10));
        quota.reconcile(quota.snapshot(at(30)), 12, at(31));

        assertThat(quota.state(at(31)).day().used()).isEqualTo(10);
    }

    @Test
    void a_higher_limit_than_openrouters_needs_no_trust_at_the_start() {
        Quota high = new Quota(new QuotaRules(OptionalLong.of(1000), OptionalLong.empty()));
        high.begin(at(0));
        Stream.generate(() -> at(1)).limit(60).forEach(moment -> assertThat(high.take(moment))
                .isEmpty());
    }

    @Test
    void a_day_that_is_over_by_our_count_alone_is_doubtful() {
        quota.limited(OptionalLong.of(10));
        take(1, at(29.6));
        quota.reconcile(quota.snapshot(at(30)), 9, at(31));
        assertThat(quota.isDayDoubtful(at(31))).isTrue();

        quota.reconcile(quota.snapshot(at(35)), 10, at(36));
        assertThat(quota.isDayDoubtful(at(36))).isFalse();
    }

    @Test
    void a_count_of_the_day_before_says_nothing_of_this_one() {
        quota.reconcile(quota.snapshot(MIDNIGHT.minusSeconds(1)), 9, MIDNIGHT.plusSeconds(1));

        assertThat(quota.state(MIDNIGHT.plusSeconds(1)).day().used()).isZero();
    }

    @Test
    void others_requests_take_from_the_minute_and_are_expected_to_go_on() {
        quota.reconcile(quota.snapshot(at(0)), 0, at(0));
        quota.reconcile(quota.snapshot(at(60)), 1, at(60));

        assertThat(quota.isShared()).isTrue();
        assertThat(quota.state(at(60)).minute().used())
                .as("one, and one for luck")
                .isEqualTo(2);
        take(1, at(60));
        assertThat(quota.take(at(60))).isPresent();
    }

    @Test
    void the_state_says_the_same_of_when_there_is_more_as_a_refusal() {
        quota.reconcile(quota.snapshot(at(0)), 0, at(0));
        take(3, at(10));
        quota.reconcile(quota.snapshot(at(20)), 5, at(20));

        Instant until = quota.take(at(21)).orElseThrow().until();
        assertThat(quota.state(at(21)).minute().resetsAt()).isEqualTo(until);
    }

    @Test
    void others_never_take_all_of_the_minute() {
        quota.reconcile(quota.snapshot(at(0)), 0, at(0));
        quota.reconcile(quota.snapshot(at(60)), 5, at(60));

        take(1, at(60));
        assertThat(quota.take(at(60))).isPresent();
    }

    @Test
    void others_who_have_not_been_noticed_for_long_are_expected_no_more() {
        quota.reconcile(quota.snapshot(at(0)), 0, at(0));
        quota.reconcile(quota.snapshot(at(60)), 2, at(60));

        assertThat(quota.state(at(361)).minute().used()).isZero();
    }

    @Test
    void few_requests_left_of_the_day_are_told_once_for_each_threshold() {
        Quota hundred = new Quota(new QuotaRules(OptionalLong.empty(), OptionalLong.of(100)));
        long told = 0;
        for (int n = 0; n < 100; n++) {
            hundred.take(at(n));
            told += hundred.warning(at(n)).stream().count();
            assertThat(told).isEqualTo(n < 79 ? 0 : n < 94 ? 1 : 2);
        }
        assertThat(hundred.warning(MIDNIGHT)).isEmpty();
    }

    @Test
    void little_is_left_from_a_fifth_on() {
        take(2, at(0));
        assertThat(quota.state(at(0)).isLow()).isFalse();
        take(1, at(0));
        assertThat(quota.state(at(0)).isLow()).isTrue();
    }

    @Test
    void a_limit_of_nothing_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new QuotaRules(OptionalLong.of(0), OptionalLong.empty()));
    }

    @Test
    void a_count_that_was_asked_for_before_a_refusal_does_not_lift_it() {
        Quota.Snapshot begun = quota.snapshot(at(1));
        quota.refused(QuotaWindow.DAY, Optional.empty(), OptionalLong.empty(), at(2));
        quota.reconcile(begun, 9, at(3));
        assertThat(quota.spent(0, at(3))).isPresent();

        quota.reconcile(quota.snapshot(at(4)), 9, at(5));
        assertThat(quota.spent(0, at(5))).isEmpty();
    }

    private static Quota learning(long day) {
        Quota learning = new Quota(Gates.UNCONFIGURED);
        learning.limited(OptionalLong.of(day));
        return learning;
    }

    /** A day that others use up some time after the start. */
    private static Quota usedUp() {
        Quota quota = learning(50);
        read(quota, 40, -120);
        assertThat(quota.spent(0, at(-120))).isEmpty();
        read(quota, 50, 0);
        return quota;
    }

    private static void read(Quota quota, long used, double second) {
        quota.reconcile(quota.snapshot(at(second)), used, at(second));
    }

    @ParameterizedTest
    @ValueSource(doubles = {121, 180, 290, 410, 415, 418, 419.5, 419.9, 420, 421, 500, 5_000})
    void others_of_minutes_ago_never_use_the_day_up(double second) {
        Quota shared = learning(50);
        read(shared, 0, 0);
        read(shared, 3, 120);

        assertThat(shared.take(at(second))).isEmpty();
    }

    @Test
    void the_estimate_of_others_declines_as_what_was_noticed_grows_old() {
        MinuteCount minute = new MinuteCount();
        minute.addOthers(12, at(0), at(120));
        long before = minute.unseen(at(181));
        for (double second = 182; second < 430; second += 0.5) {
            long now = minute.unseen(at(second));
            assertThat(now).as("at %s s", second).isLessThanOrEqualTo(before);
            before = now;
        }

        assertThat(before).isZero();
    }

    @Test
    void the_estimate_of_others_is_bounded_by_what_was_noticed() {
        MinuteCount minute = new MinuteCount();
        minute.addOthers(5, at(0), at(0.001));

        assertThat(minute.unseen(at(60))).isEqualTo(6);
    }

    @Test
    void without_a_minutes_limit_no_attempt_is_remembered_for_its_verdict() {
        ColdStartLimit coldStart = new ColdStartLimit();
        coldStart.begin(at(0));
        for (int n = 0; n < 10_000; n++) {
            coldStart.add(n, QuotaRules.UNLIMITED, at(n / 1_000.0));
        }

        assertThat(coldStart.size()).isZero();
    }

    @Test
    void attempts_whose_verdict_never_comes_are_forgotten() {
        ColdStartLimit coldStart = new ColdStartLimit();
        coldStart.begin(at(0));
        for (int n = 0; n < 50; n++) {
            coldStart.add(0, 20, at(n));
        }

        assertThat(coldStart.size()).isEqualTo(1);
    }

    @Test
    void an_attempt_that_the_upstreams_count_left_out_is_not_taken_off_it() {
        take(1, at(0));
        quota.reconcile(quota.snapshot(at(30)), 5, at(31));
        quota.giveBack(at(0), at(32));

        assertThat(quota.state(at(32)).day().used()).isEqualTo(5);
    }

    @Test
    void an_attempt_on_its_way_while_the_upstream_counted_is_taken_off_again() {
        take(1, at(29.8));
        quota.reconcile(quota.snapshot(at(30)), 5, at(31));
        assertThat(quota.state(at(31)).day().used()).isEqualTo(6);
        quota.giveBack(at(29.8), at(32));

        assertThat(quota.state(at(32)).day().used()).isEqualTo(5);
    }

    @Test
    void an_attempt_that_is_given_back_while_the_upstream_counts_is_left_out() {
        take(1, at(0));
        take(1, at(1));
        Quota.Snapshot begun = quota.snapshot(at(30));
        quota.giveBack(at(0), at(30.5));
        take(1, at(30.6));
        quota.reconcile(begun, 5, at(31));

        assertThat(quota.state(at(31)).day().used()).isEqualTo(6);
    }

    @Test
    void attempts_that_are_given_back_are_not_taken_for_others() {
        quota.reconcile(quota.snapshot(at(0)), 0, at(0));
        take(2, at(1));
        quota.reconcile(quota.snapshot(at(30)), 1, at(30));
        quota.giveBack(at(1), at(31));
        take(1, at(32));
        quota.reconcile(quota.snapshot(at(60)), 2, at(60));

        assertThat(quota.isShared()).isFalse();
    }

    @Test
    void a_day_that_is_used_up_from_the_start_is_tried_by_the_first_attempt() {
        Quota full = learning(50);
        full.begin(at(-1));
        read(full, 50, 0);
        assertThat(full.spent(0, at(1))).isEmpty();
        assertThat(full.take(at(2))).isEmpty();
        assertThat(full.take(at(2))).isPresent();
        assertThat(full.take(at(601))).isPresent();
        assertThat(full.take(at(602))).isEmpty();
    }

    @Test
    void a_configured_limit_is_not_tried_even_at_the_start() {
        Quota full = new Quota(new QuotaRules(OptionalLong.of(3), OptionalLong.of(10)));
        read(full, 10, 0);
        assertThat(full.take(at(1))).isPresent();
    }

    @Test
    void a_day_that_the_upstream_says_is_used_up_is_tried_once_in_a_while() {
        Quota full = usedUp();
        assertThat(full.take(at(1))).isPresent();
        assertThat(full.take(at(600))).isPresent();

        assertThat(full.take(at(601))).isEmpty();
        assertThat(full.take(at(601))).isPresent();
        full.refused(QuotaWindow.DAY, Optional.of(MIDNIGHT), OptionalLong.of(50), at(602));
        assertThat(full.take(MIDNIGHT.minusMillis(1))).isPresent();
    }

    @Test
    void a_limit_that_the_upstream_does_not_enforce_is_no_limit_until_it_refuses() {
        Quota exempt = usedUp();
        assertThat(exempt.take(at(1))).isPresent();
        assertThat(exempt.take(at(601))).isEmpty();
        exempt.accepted(at(601), at(602));

        for (int n = 0; n < 100; n++) {
            assertThat(exempt.take(at(610 + 10 * n))).isEmpty();
        }
        exempt.refused(QuotaWindow.DAY, Optional.empty(), OptionalLong.empty(), at(2_000));
        assertThat(exempt.take(at(20_000))).isPresent();
    }

    @Test
    void an_attempt_beyond_the_limit_that_reached_nobody_may_be_made_again() {
        Quota full = usedUp();
        assertThat(full.take(at(1))).isPresent();
        assertThat(full.take(at(601))).isEmpty();
        full.giveBack(at(601), at(602));

        assertThat(full.take(at(603))).isEmpty();
        assertThat(full.take(at(604))).isPresent();
    }

    @Test
    void a_configured_limit_of_the_day_is_never_exceeded() {
        take(3, at(0));
        take(3, at(100));
        take(3, at(200));
        take(1, at(300));

        assertThat(quota.take(at(1_000))).isPresent();
        assertThat(quota.take(at(20_000))).isPresent();
    }

    @Test
    void the_next_day_begins_with_a_closed_ceiling() {
        Quota exempt = usedUp();
        exempt.take(at(1));
        exempt.take(at(601));
        exempt.accepted(at(601), at(602));
        Instant morning = MIDNIGHT.plusSeconds(60);
        assertThat(exempt.take(morning)).isEmpty();
        exempt.reconcile(exempt.snapshot(morning.plusSeconds(1)), 60, morning.plusSeconds(1));

        assertThat(exempt.take(morning.plusSeconds(2))).isPresent();
    }
}

package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.QuotaWindow;
import io.freerouter.testing.Gates;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Five requests a minute, counted from its 20th second on. */
class ColdStartLimitTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Quota quota = begun(new QuotaRules(OptionalLong.of(5), OptionalLong.empty()));

    private static Quota begun(QuotaRules rules) {
        Quota quota = new Quota(rules);
        quota.begin(at(20));
        return quota;
    }

    private static Instant at(double second) {
        return NOON.plusMillis(Math.round(second * 1000));
    }

    private void taken(int count, Instant now) {
        for (int n = 0; n < count; n++) {
            assertThat(quota.take(now)).isEmpty();
        }
    }

    private void reconcile(long used, Instant now) {
        quota.reconcile(quota.snapshot(now), used, now);
    }

    @Test
    void two_at_a_time_are_made_while_nothing_is_known_of_the_minute_before() {
        taken(2, at(20));

        assertThat(quota.take(at(20.5))).contains(new Quota.Spent(QuotaWindow.MINUTE, OptionalLong.of(5), at(21)));
        taken(2, at(21));
    }

    @Test
    void one_that_was_let_in_makes_room_for_the_next_at_once() {
        taken(2, at(20));

        assertThat(quota.accepted(at(20), at(20))).isTrue();
        taken(1, at(20.1));
        assertThat(quota.take(at(20.1))).isPresent();
    }

    @Test
    void one_that_reached_nobody_makes_room_for_the_next_as_well() {
        taken(2, at(20));
        quota.giveBack(at(20), at(20.1));

        taken(1, at(20.1));
        assertThat(quota.take(at(20.1))).isPresent();
    }

    @Test
    void those_who_wait_are_told_of_turns_two_at_a_time() {
        taken(1, at(20));
        taken(1, at(20.4));

        assertThat(quota.spent(0, at(20.5)).map(Quota.Spent::until)).contains(at(21));
        assertThat(quota.spent(2, at(20.5)).map(Quota.Spent::until)).contains(at(22));
    }

    @Test
    void what_the_whole_day_had_before_bounds_what_the_minute_had() {
        reconcile(2, at(20));

        taken(3, at(20));
        taken(2, at(20));
        assertThat(quota.take(at(20)).map(Quota.Spent::until)).contains(at(81));
    }

    @Test
    void after_the_days_requests_that_fill_a_minute_each_may_be_too_many() {
        reconcile(5, at(20));
        taken(2, at(20));

        assertThat(quota.take(at(20))).isPresent();
    }

    @Test
    void our_own_are_none_of_those_before() {
        taken(2, at(20));
        reconcile(3, at(23));

        taken(2, at(23));
        assertThat(quota.spent(0, at(23))).isEmpty();
    }

    @Test
    void a_second_after_the_clocks_minute_nothing_is_unknown_any_more() {
        taken(2, at(60.5));
        assertThat(quota.take(at(60.5)).map(Quota.Spent::until)).contains(at(61));

        taken(3, at(61));
        assertThat(quota.take(at(61)).map(Quota.Spent::until)).contains(at(121.5));
    }

    @Test
    void without_a_limit_nothing_is_too_many() {
        Quota learning = begun(Gates.UNCONFIGURED);
        for (int n = 0; n < 30; n++) {
            assertThat(learning.take(at(20))).isEqualTo(Optional.empty());
        }
    }
}

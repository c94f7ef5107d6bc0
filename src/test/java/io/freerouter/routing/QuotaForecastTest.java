package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuotaForecastTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Quota quota = new Quota(new QuotaRules(OptionalLong.empty(), OptionalLong.of(50)));
    private Instant now = NOON;

    private void ask(int count, Duration between) {
        for (int n = 0; n < count; n++) {
            quota.take(now);
            now = now.plus(between);
        }
    }

    @Test
    void nothing_is_foretold_while_nothing_is_asked() {
        assertThat(quota.forecast(now)).isEqualTo(QuotaForecast.NONE);
    }

    @Test
    void a_steady_pace_is_carried_on() {
        ask(10, Duration.ofMinutes(1));

        QuotaForecast forecast = quota.forecast(now);

        assertThat(forecast.perHour()).isEqualTo(60);
        assertThat(forecast.emptyAt()).contains(now.plus(Duration.ofMinutes(40)));
    }

    @Test
    void a_few_quick_requests_are_no_pace_yet() {
        ask(5, Duration.ofSeconds(1));

        assertThat(quota.forecast(now).perHour()).isEqualTo(60);
    }

    @Test
    void a_slow_pace_lasts_until_the_day_ends() {
        now = Instant.parse("2026-11-25T20:00:00Z");
        ask(3, Duration.ofMinutes(9));

        assertThat(quota.forecast(now).perHour()).isBetween(5.0, 8.0);
        assertThat(quota.forecast(now).emptyAt()).isEmpty();
    }

    @Test
    void requests_that_are_long_past_do_not_count() {
        ask(20, Duration.ofSeconds(10));
        now = now.plus(Duration.ofMinutes(31));

        assertThat(quota.forecast(now).perHour()).isZero();
    }

    @Test
    void a_day_that_is_used_up_is_empty_now() {
        ask(50, Duration.ofSeconds(10));

        assertThat(quota.forecast(now).emptyAt()).contains(now);
    }

    @Test
    void a_new_day_begins_anew() {
        now = Instant.parse("2026-11-25T23:55:00Z");
        ask(20, Duration.ofSeconds(10));
        now = Instant.parse("2026-11-26T00:01:00Z");

        assertThat(quota.forecast(now).perHour()).isZero();
        ask(1, Duration.ZERO);
        assertThat(quota.forecast(now).perHour()).isEqualTo(12);
    }

    @Test
    void without_a_known_limit_there_is_a_pace_and_no_end() {
        Quota unlimited = new Quota(new QuotaRules(OptionalLong.empty(), OptionalLong.empty()));
        for (int n = 0; n < 30; n++) {
            unlimited.take(now);
            now = now.plusSeconds(20);
        }

        assertThat(unlimited.forecast(now).perHour()).isEqualTo(180);
        assertThat(unlimited.forecast(now).emptyAt()).isEmpty();
    }

    @Test
    void what_others_ask_with_the_account_counts() {
        quota.take(now);
        now = now.plus(Duration.ofMinutes(10));
        quota.reconcile(quota.snapshot(now), 31, now);

        assertThat(quota.forecast(now).perHour()).isEqualTo(186);
    }
}

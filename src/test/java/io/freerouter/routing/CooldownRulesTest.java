package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.TestRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CooldownRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final CooldownRules RULES =
            new CooldownRules(MINUTE, Duration.ofSeconds(15), Duration.ofSeconds(90), Duration.ofMinutes(15));

    private static Failure until(FailureKind kind, Instant moment) {
        return new Failure(kind, OptionalInt.of(429), Optional.of(moment), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED, 60",
        "POOL_LIMITED, 60",
        "NO_CREDIT, 900",
        "BUSY, 60",
        "SERVER_ERROR, 60",
        "NO_ANSWER, 60",
        "MALFORMED, 60",
        "BROKEN, 60",
        "TIMED_OUT, 15",
        "UNSUITED, 90",
        "NOT_PRIVATE, 90",
        "TOO_LONG, 90",
        "UNREACHABLE, 0"
    })
    void each_kind_has_its_first_rest(FailureKind kind, long seconds) {
        assertThat(RULES.first(Failure.of(kind), NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void what_the_upstream_says_counts_even_if_it_is_shorter() {
        assertThat(RULES.first(until(FailureKind.RATE_LIMITED, NOW.plusSeconds(5)), NOW))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void what_the_upstream_says_of_the_past_does_not_count() {
        assertThat(RULES.first(until(FailureKind.RATE_LIMITED, NOW), NOW)).isEqualTo(MINUTE);
    }

    @Test
    void what_is_gone_or_kept_out_by_the_settings_cools_down_longer_than_any_limit() {
        assertThat(RULES.first(until(FailureKind.NOT_FOUND, NOW.plusSeconds(5)), NOW))
                .isEqualTo(Duration.ofDays(7));
        assertThat(RULES.first(Failure.of(FailureKind.PRIVACY), NOW)).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"REJECTED", "REFUSED_BY_PROVIDER", "UNREACHABLE", "ACCOUNT_CREDIT", "MINUTE_SPENT", "DAY_SPENT"})
    void what_is_not_the_models_fault_costs_it_nothing(FailureKind kind) {
        assertThat(RULES.first(until(kind, NOW.plusSeconds(5)), NOW)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 60000",
        "1, 1, 60000",
        "2, 0, 108000",
        "2, 0.5, 120000",
        "2, 1, 132000",
        "3, 0.5, 240000",
        "4, 0.5, 480000",
        "5, 0.5, 900000",
        "5, 0, 864000",
        "2000000000, 0.5, 900000"
    })
    void each_rest_is_twice_as_long_as_the_one_before(int failures, double random, long millis) {
        assertThat(RULES.lengthened(MINUTE, failures, random)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void what_the_upstream_says_may_be_longer_than_the_longest() {
        assertThat(RULES.lengthened(Duration.ofHours(5), 2, 0.5)).isEqualTo(Duration.ofHours(5));
    }

    @Test
    void no_cooldown_may_be_negative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CooldownRules(MINUTE.negated(), MINUTE, MINUTE, MINUTE))
                .withMessageContaining("standard cooldown");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CooldownRules(MINUTE, MINUTE.negated(), MINUTE, MINUTE))
                .withMessageContaining("timeout cooldown");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CooldownRules(MINUTE, MINUTE, MINUTE.negated(), MINUTE))
                .withMessageContaining("unsuited cooldown");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CooldownRules(MINUTE, MINUTE, MINUTE, Duration.ZERO))
                .withMessageContaining("longest cooldown");
    }

    @Test
    void a_bodys_length_may_not_be_negative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestRequests.needs(List.of(), Set.of(), -1))
                .withMessageContaining("negative");
    }
}

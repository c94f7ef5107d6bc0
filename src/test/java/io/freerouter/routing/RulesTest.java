package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RulesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final CooldownRules COOLDOWN = new CooldownRules(Duration.ofSeconds(60));

    @Test
    void without_a_word_from_the_upstream_the_standard_cooldown_counts() {
        assertThat(COOLDOWN.restUntil(Failure.of(FailureKind.BUSY), NOW)).contains(NOW.plusSeconds(60));
    }

    @Test
    void what_the_upstream_says_counts_even_if_it_is_shorter() {
        assertThat(COOLDOWN.restUntil(resting(FailureKind.RATE_LIMITED), NOW)).contains(NOW.plusSeconds(5));
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "UNREACHABLE"})
    void what_is_not_the_models_fault_costs_it_nothing(FailureKind kind) {
        assertThat(COOLDOWN.restUntil(resting(kind), NOW)).isEmpty();
    }

    @Test
    void a_cooldown_of_zero_is_allowed() {
        assertThat(new CooldownRules(Duration.ZERO).restUntil(Failure.of(FailureKind.BUSY), NOW))
                .contains(NOW);
    }

    @Test
    void a_negative_cooldown_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CooldownRules(SECOND.negated()))
                .withMessageContaining("cooldown");
    }

    @Test
    void a_stream_has_the_first_token_time() {
        assertThat(new RaceRules(1, SECOND, SECOND.multipliedBy(2), SECOND, SECOND).toAnswer(true))
                .isEqualTo(SECOND);
    }

    @Test
    void a_whole_answer_has_the_total_time() {
        assertThat(new RaceRules(1, SECOND, SECOND.multipliedBy(2), SECOND, SECOND).toAnswer(false))
                .isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void a_stream_never_has_more_than_the_total_time() {
        assertThat(new RaceRules(1, SECOND.multipliedBy(3), SECOND, SECOND, SECOND).toAnswer(true))
                .isEqualTo(SECOND);
    }

    @Test
    void at_least_one_attempt_is_needed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RaceRules(0, SECOND, SECOND, SECOND, SECOND))
                .withMessageContaining("one attempt");
    }

    @Test
    void every_time_is_above_zero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RaceRules(1, Duration.ZERO, SECOND, SECOND, SECOND))
                .withMessageContaining("first token");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RaceRules(1, SECOND, SECOND.negated(), SECOND, SECOND))
                .withMessageContaining("total");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RaceRules(1, SECOND, SECOND, Duration.ZERO, SECOND))
                .withMessageContaining("idle");
    }

    private static Failure resting(FailureKind kind) {
        return new Failure(kind, OptionalInt.of(429), Optional.of(NOW.plusSeconds(5)), Optional.empty());
    }
}

package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

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
    void a_model_may_be_silent_for_twice_as_long_as_usual() {
        assertThat(hedgeDelay(20, Optional.of(SECOND.multipliedBy(3)))).isEqualTo(SECOND.multipliedBy(6));
    }

    @Test
    void a_model_may_not_be_silent_for_longer_than_configured() {
        assertThat(hedgeDelay(5, Optional.of(SECOND.multipliedBy(3)))).isEqualTo(SECOND.multipliedBy(5));
    }

    @Test
    void a_model_may_be_silent_for_the_least_delay() {
        assertThat(hedgeDelay(20, Optional.of(SECOND.dividedBy(10)))).isEqualTo(SECOND);
    }

    @Test
    void a_model_of_which_too_little_is_known_may_be_silent_for_as_long_as_configured() {
        assertThat(hedgeDelay(20, Optional.empty())).isEqualTo(SECOND.multipliedBy(20));
    }

    @Test
    void a_race_stays_a_race() {
        assertThat(hedgeDelay(0, Optional.of(SECOND))).isZero();
    }

    private static Duration hedgeDelay(long configured, Optional<Duration> usual) {
        return new RaceRules(1, SECOND, SECOND, SECOND, SECOND).hedgeDelay(SECOND.multipliedBy(configured), usual);
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
}

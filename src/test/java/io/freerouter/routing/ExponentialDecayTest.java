package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExponentialDecayTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 1", "10, 0.5", "20, 0.25", "30, 0.125"})
    void the_weight_halves_with_each_half_life(int seconds, double weight) {
        assertThat(ExponentialDecay.weight(Duration.ofSeconds(10), NOW, NOW.plusSeconds(seconds)))
                .isEqualTo(weight);
    }

    @Test
    void the_longest_age_leaves_nothing() {
        assertThat(ExponentialDecay.weight(Duration.ofSeconds(10), Instant.MIN, Instant.MAX))
                .isZero();
    }
}

package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MinimumBodyRateTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant START = Instant.EPOCH;

    private final MinimumBodyRate rate = new MinimumBodyRate(PATIENCE, START);

    private static Instant second(int count) {
        return START.plusSeconds(count);
    }

    @Test
    void a_sender_that_sends_nothing_has_as_long_as_it_may_be_silent() {
        assertThat(rate.left(START)).isEqualTo(PATIENCE);
        assertThat(rate.left(second(30))).isZero();
    }

    @Test
    void a_sender_that_drips_has_hardly_longer() {
        for (int i = 0; i < 30; i++) {
            rate.received(1, second(i));
        }
        assertThat(rate.left(second(29))).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1100));
        assertThat(rate.left(second(31))).isNegative();
    }

    @Test
    void a_sender_with_a_slow_line_may_take_as_long_as_it_needs() {
        for (int i = 1; i < 10_000; i++) {
            rate.received(MinimumBodyRate.BYTES_PER_SECOND, second(i));
            assertThat(rate.left(second(i))).isPositive();
        }
    }

    @Test
    void a_sender_that_was_fast_may_not_be_silent_for_longer() {
        rate.received(100_000_000, second(1));
        assertThat(rate.left(second(1))).isEqualTo(PATIENCE);
        assertThat(rate.left(second(31))).isZero();
    }

    @Test
    void very_many_bytes_do_no_harm() {
        rate.received(Integer.MAX_VALUE, START);
        rate.received(Integer.MAX_VALUE, START);
        assertThat(rate.left(START)).isEqualTo(PATIENCE);
    }
}

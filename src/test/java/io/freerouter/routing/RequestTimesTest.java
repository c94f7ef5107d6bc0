package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RequestTimesTest {
    private static final Instant SECOND = Instant.parse("2026-11-22T00:00:00Z");

    private final RequestTimes times = new RequestTimes();

    @Test
    void a_moment_counts_as_the_end_of_its_millisecond() {
        times.add(SECOND.plusNanos(1));
        times.add(SECOND.plusNanos(999_999));
        times.add(SECOND.plusNanos(1_000_000));

        assertThat(times.stream()).containsOnly(SECOND.plusMillis(1)).hasSize(3);
    }

    @Test
    void each_event_of_a_millisecond_is_removed_once() {
        times.add(SECOND.plusNanos(1));
        times.add(SECOND.plusNanos(2));

        assertThat(times.remove(SECOND.plusNanos(2))).isTrue();
        assertThat(times.size()).isEqualTo(1);
        assertThat(times.remove(SECOND.plusNanos(1))).isTrue();
        assertThat(times.remove(SECOND.plusNanos(1))).isFalse();
    }

    @Test
    void no_event_is_forgotten_too_early() {
        times.add(SECOND.plusNanos(1));

        times.removeUntil(SECOND.plusNanos(1));
        assertThat(times.size()).isEqualTo(1);
        times.removeUntil(SECOND.plusMillis(1));
        assertThat(times.size()).isZero();
    }
}

package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whenever requests come, and whatever is taken back. */
class QuotaPropertyTest {
    private static final Instant START = Instant.parse("2026-11-25T23:50:00Z");

    @Property
    void no_stretch_of_a_minute_has_more_than_its_limit_and_no_day_more_than_its(
            @ForAll("pauses") List<Integer> pauses,
            @ForAll @IntRange(min = 1, max = 5) int minute,
            @ForAll @IntRange(min = 1, max = 30) int day) {
        Quota quota = new Quota(new QuotaRules(OptionalLong.of(minute), OptionalLong.of(day)));
        List<Instant> taken = new ArrayList<>();
        Instant now = START;
        for (int pause : pauses) {
            now = now.plusMillis(pause);
            if (quota.take(now).isEmpty()) {
                taken.add(now);
            }
        }
        for (Instant moment : taken) {
            assertThat(taken.stream().filter(other -> within(other, moment, Duration.ofMinutes(1))))
                    .hasSizeLessThanOrEqualTo(minute);
            assertThat(taken.stream().filter(other -> sameDay(other, moment))).hasSizeLessThanOrEqualTo(day);
        }
    }

    @Property
    void one_that_waits_for_as_long_as_it_is_told_is_let_through(
            @ForAll("pauses") List<Integer> pauses, @ForAll @IntRange(min = 1, max = 5) int minute) {
        Quota quota = new Quota(new QuotaRules(OptionalLong.of(minute), OptionalLong.empty()));
        Instant now = START;
        for (int pause : pauses) {
            now = now.plusMillis(pause);
            Optional<Quota.Spent> spent = quota.take(now);
            if (spent.isPresent()) {
                assertThat(spent.get().until()).isAfter(now);
                now = spent.get().until();
                assertThat(quota.take(now)).isEmpty();
            }
        }
    }

    private static boolean within(Instant other, Instant begin, Duration length) {
        return !other.isBefore(begin) && other.isBefore(begin.plus(length));
    }

    private static boolean sameDay(Instant one, Instant other) {
        return one.toString().substring(0, 10).equals(other.toString().substring(0, 10));
    }

    @Provide
    Arbitrary<List<Integer>> pauses() {
        return Arbitraries.of(0, 0, 0, 1, 500, 10_000, 30_000, 61_000).list().ofMaxSize(80);
    }
}

package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.QuotaWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whenever the program is stopped or killed and started again. */
class RestoredStatePropertyTest {
    private static final Instant START = Instant.parse("2026-11-25T23:50:00Z");
    private static final Duration SAVED_EVERY = Duration.ofSeconds(3);

    /** What happens after a pause. */
    enum What {
        REQUEST,
        STOP,
        KILL
    }

    record Step(int pause, What what) {}

    @Property
    void stops_let_no_stretch_of_a_minute_and_no_day_have_more_than_its_limit(
            @ForAll("steps") List<Step> steps,
            @ForAll @IntRange(min = 1, max = 5) int minute,
            @ForAll @IntRange(min = 1, max = 30) int day) {
        List<Instant> taken = play(steps, minute, day);
        for (Instant moment : taken) {
            assertThat(taken.stream().filter(other -> within(other, moment))).hasSizeLessThanOrEqualTo(minute);
            assertThat(taken.stream()
                            .filter(other -> QuotaWindow.DAY.endAfter(other).equals(QuotaWindow.DAY.endAfter(moment))))
                    .hasSizeLessThanOrEqualTo(day);
        }
    }

    /** A stop saves what is; a kill leaves what was saved when it was last due, so these pauses are long enough for that. */
    private static List<Instant> play(List<Step> steps, int minute, int day) {
        QuotaRules rules = new QuotaRules(OptionalLong.of(minute), OptionalLong.of(day));
        Quota quota = new Quota(rules);
        quota.begin(START);
        List<Instant> taken = new ArrayList<>();
        Instant now = START;
        for (Step step : steps) {
            now = now.plusMillis(step.pause());
            if (step.what() == What.REQUEST) {
                if (quota.take(now).isEmpty()) {
                    taken.add(now);
                    quota.accepted(now, now);
                }
                continue;
            }
            Instant savedAt = now;
            if (step.what() == What.KILL) {
                now = now.plus(SAVED_EVERY);
            }
            Ledger saved = quota.ledger(savedAt);
            quota = new Quota(rules);
            quota.restore(saved, savedAt, step.what() == What.STOP, now);
            quota.begin(now);
        }
        return taken;
    }

    private static boolean within(Instant other, Instant begin) {
        return !other.isBefore(begin) && other.isBefore(begin.plus(Duration.ofMinutes(1)));
    }

    @Property
    void who_waits_for_as_long_as_it_is_told_is_let_through_after_a_restart_too(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 5) int minute) {
        QuotaRules rules = new QuotaRules(OptionalLong.of(minute), OptionalLong.empty());
        Quota quota = new Quota(rules);
        Instant now = START;
        for (Step step : steps) {
            now = now.plusMillis(step.pause());
            if (step.what() == What.REQUEST) {
                Optional<Quota.Spent> spent = quota.take(now);
                if (spent.isPresent()) {
                    assertThat(spent.get().until()).isAfter(now);
                    now = spent.get().until();
                    assertThat(quota.take(now)).isEmpty();
                }
            } else {
                Ledger saved = quota.ledger(now);
                quota = new Quota(rules);
                quota.restore(saved, now, step.what() == What.STOP, now);
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(0, 0, 0, 1, 500, 10_000, 30_000, 61_000),
                        Arbitraries.of(What.REQUEST, What.REQUEST, What.REQUEST, What.STOP, What.KILL))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }
}

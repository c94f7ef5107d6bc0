package io.freerouter.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.ModelStatistics;
import io.freerouter.routing.Quota;
import io.freerouter.routing.QuotaRules;
import io.freerouter.testing.TestRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever has become of the file, and whatever the clock says. */
class StatePropertyTest {
    private static final Instant SAVED = Instant.parse("2026-11-22T09:30:15.123Z");
    private static final byte[] WHOLE = StateFormat.write(States.rich(SAVED));
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final CooldownRules RULES =
            new CooldownRules(Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(90), LONGEST);

    private static final AtomicInteger READ = new AtomicInteger();
    private static final AtomicInteger REFUSED = new AtomicInteger();

    /** A change of some bytes in the middle. */
    record Damage(int at, int removed, byte[] inserted) {
        byte[] to(byte[] whole) {
            int begin = Math.floorMod(at, whole.length);
            int end = Math.min(whole.length, begin + removed);
            byte[] damaged = new byte[whole.length - (end - begin) + inserted.length];
            System.arraycopy(whole, 0, damaged, 0, begin);
            System.arraycopy(inserted, 0, damaged, begin, inserted.length);
            System.arraycopy(whole, end, damaged, begin + inserted.length, whole.length - end);
            return damaged;
        }
    }

    @AfterContainer
    static void both_kinds_of_files_were_tried() {
        System.out.println(READ + " damaged states were read, " + REFUSED + " were refused");
        assertThat(READ.get()).isGreaterThan(100);
        assertThat(REFUSED.get()).isGreaterThan(100);
    }

    @Property(tries = 5000)
    void a_damaged_file_is_refused_or_harmless(
            @ForAll("damages") List<Damage> damages, @ForAll("clocks") Duration clockMoved) {
        byte[] bytes = WHOLE;
        for (Damage damage : damages) {
            bytes = damage.to(bytes);
        }
        Instant now = SAVED.plus(clockMoved);
        try {
            assertHarmless(StateFormat.read(bytes), now);
            READ.incrementAndGet();
        } catch (UnreadableState refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
            REFUSED.incrementAndGet();
        }
    }

    @Property(tries = 2000)
    void any_bytes_are_refused(@ForAll byte[] bytes) {
        try {
            StateFormat.read(bytes);
            throw new AssertionError("A state was read");
        } catch (UnreadableState refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    @Property
    void whatever_the_clock_says_a_whole_file_is_harmless(@ForAll("clocks") Duration clockMoved)
            throws UnreadableState {
        assertHarmless(StateFormat.read(WHOLE), SAVED.plus(clockMoved));
    }

    private static void assertHarmless(SavedState state, Instant now) {
        Cooldowns cooldowns = new Cooldowns(RULES, () -> 0.5);
        cooldowns.restore(state.cooldowns(), state.savedAt(), now);
        Instant lastNamed = now.plus(Duration.ofHours(24)).plus(Duration.ofMinutes(1));
        state.cooldowns().cooldowns().forEach(cooldown -> cooldowns
                .running(cooldown.model(), now)
                .forEach(running -> assertThat(running.until())
                        .isBeforeOrEqualTo(
                                running.cause() == io.freerouter.routing.RunningCooldown.Cause.ABSENCE
                                        ? now.plus(Duration.ofDays(7))
                                        : lastNamed)));

        Quota quota = new Quota(new QuotaRules(OptionalLong.of(20), OptionalLong.empty()));
        quota.restore(state.ledger(), state.savedAt(), state.isComplete(), now);
        quota.begin(now);
        quota.spent(0, now).ifPresent(spent -> assertThat(spent.until())
                .isAfter(now)
                .isBeforeOrEqualTo(
                        spent.window() == QuotaWindow.DAY
                                ? QuotaWindow.DAY.endAfter(now)
                                : now.plus(Duration.ofMinutes(5))));
        assertThat(quota.state(now).minute().used()).isBetween(0L, 20L);
        quota.forecast(now);

        ModelStatistics statistics = new ModelStatistics();
        statistics.restore(state.statistics(), now);
        ModelId model = States.MODEL;
        assertThat(statistics.results().successRate(model, 0.9, now)).isBetween(0.0, 1.0);
        statistics.results().isUnfit(model, TestRequests.needs(List.of()).abilities(), now);
        statistics.latencies().p90(model, true, now);
        statistics.snapshot(now);
        cooldowns.snapshot(now);
        quota.ledger(now);
    }

    @Provide
    Arbitrary<List<Damage>> damages() {
        Arbitrary<byte[]> anything = Arbitraries.bytes().array(byte[].class).ofMaxSize(6);
        Arbitrary<byte[]> digits =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(8).map(String::getBytes);
        return Combinators.combine(
                        Arbitraries.integers().between(0, WHOLE.length - 1),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(1, anything), net.jqwik.api.Tuple.of(3, digits)))
                .as(Damage::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(2);
    }

    @Provide
    Arbitrary<Duration> clocks() {
        return Arbitraries.longs()
                .between(-Duration.ofDays(400).toMillis(), Duration.ofDays(400).toMillis())
                .map(Duration::ofMillis)
                .injectDuplicates(0.1);
    }
}

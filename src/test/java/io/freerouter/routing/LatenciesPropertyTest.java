package io.freerouter.routing;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

class LatenciesPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final ModelId MODEL = new ModelId("a");

    private Latencies memory;

    @BeforeTry
    void nothingIsKnown() {
        memory = new Latencies();
    }

    @Property
    void the_percentile_is_one_of_the_times_seen(
            @ForAll @Size(min = 5, max = 64) List<@IntRange(max = 60_000) Integer> millis) {
        see(millis);

        assertThat(p90(NOW).toMillis()).isIn(millis.stream().map(Long::valueOf).toList());
    }

    @Property
    void it_lies_between_the_shortest_and_the_longest_however_the_times_are_spread(
            @ForAll @Size(min = 20, max = 100) List<@IntRange(max = 60_000) Integer> millis,
            @ForAll @IntRange(max = 30) int secondsBetween) {
        Instant moment = NOW;
        for (int took : millis) {
            moment = moment.plusSeconds(secondsBetween);
            memory.took(MODEL, true, Duration.ofMillis(took), moment);
        }

        assertThat(p90(moment).toMillis()).isBetween((long) Collections.min(millis), (long) Collections.max(millis));
    }

    @Property
    void of_times_seen_at_once_nine_of_ten_are_no_longer(
            @ForAll @Size(min = 5, max = 64) List<@IntRange(max = 60_000) Integer> millis) {
        see(millis);
        long p90 = p90(NOW).toMillis();
        long within = millis.stream().filter(took -> took <= p90).count();
        long below = millis.stream().filter(took -> took < p90).count();

        assertThat(within).isGreaterThanOrEqualTo((long) Math.floor(0.9 * millis.size()));
        assertThat(below).isLessThanOrEqualTo((long) Math.ceil(0.9 * millis.size()));
    }

    @Property
    void it_follows_when_the_model_becomes_slower_or_faster(
            @ForAll @Size(max = 64) List<@IntRange(max = 60_000) Integer> before,
            @ForAll @IntRange(max = 60_000) int after) {
        see(before);
        see(Collections.nCopies(64, after));

        assertThat(p90(NOW)).isEqualTo(Duration.ofMillis(after));
    }

    @Property
    void a_few_late_times_outweigh_many_early_ones(@ForAll @IntRange(min = 8, max = 32) int late) {
        see(Collections.nCopies(32, 1_000));
        Instant later = NOW.plus(Duration.ofMinutes(90));
        for (int n = 0; n < late; n++) {
            memory.took(MODEL, true, Duration.ofMillis(10), later);
        }

        assertThat(p90(later)).isEqualTo(Duration.ofMillis(10));
    }

    @Property
    void what_is_long_ago_is_forgotten(@ForAll @Size(max = 100) List<@IntRange(max = 60_000) Integer> millis) {
        see(millis);

        assertThat(memory.p90(MODEL, true, NOW.plus(Duration.ofMinutes(40)))).isEmpty();
    }

    @Property
    void too_few_tell_nothing(@ForAll @Size(max = 4) List<@IntRange(max = 60_000) Integer> millis) {
        see(millis);

        assertThat(memory.p90(MODEL, true, NOW)).isEmpty();
    }

    @Property
    void streams_and_whole_answers_are_told_apart(@ForAll @IntRange(min = 5, max = 64) int count) {
        see(Collections.nCopies(count, 100));

        assertThat(memory.p90(MODEL, false, NOW)).isEmpty();
    }

    @Property
    void models_are_told_apart(@ForAll @IntRange(min = 5, max = 64) int count) {
        see(Collections.nCopies(count, 100));

        assertThat(memory.p90(new ModelId("b"), true, NOW)).isEmpty();
    }

    @Property
    void a_time_below_zero_counts_as_none(@ForAll @IntRange(min = -60_000, max = -1) int millis) {
        see(Collections.nCopies(5, millis));

        assertThat(p90(NOW)).isZero();
    }

    private void see(List<Integer> millis) {
        millis.forEach(took -> memory.took(MODEL, true, Duration.ofMillis(took), NOW));
    }

    @Example
    void a_percentile_of_many_times_stands_for_a_second_while_few_of_them_are_new() {
        see(Stream.concat(nCopies(58, 10).stream(), nCopies(6, 1000).stream()).toList());
        assertThat(p90(NOW)).isEqualTo(Duration.ofMillis(10));

        memory.took(MODEL, true, Duration.ofMillis(1000), NOW);
        assertThat(p90(NOW)).isEqualTo(Duration.ofMillis(10));
        assertThat(p90(NOW.plusSeconds(1))).isEqualTo(Duration.ofMillis(1000));
    }

    @Example
    void many_new_times_count_at_once() {
        see(nCopies(64, 10));
        assertThat(p90(NOW)).isEqualTo(Duration.ofMillis(10));

        see(nCopies(10, 1000));
        assertThat(p90(NOW)).isEqualTo(Duration.ofMillis(1000));
    }

    private Duration p90(Instant now) {
        return memory.p90(MODEL, true, now).orElseThrow();
    }
}

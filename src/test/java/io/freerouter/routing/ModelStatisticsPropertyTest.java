package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

class ModelStatisticsPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private ModelStatistics statistics;

    @BeforeTry
    void nothingIsKnown() {
        statistics = new ModelStatistics();
    }

    @Property
    void of_models_nobody_asked_the_better_one_comes_first(
            @ForAll @DoubleRange(max = 0.9) double worse, @ForAll @DoubleRange(min = 0.01, max = 0.1) double more) {
        assertThat(order(Models.withQuality("a", worse), Models.withQuality("b", worse + more), NOW))
                .containsExactly("b", "a");
    }

    @Property
    void of_two_as_good_the_one_that_failed_less_comes_first(
            @ForAll @DoubleRange(max = 1) double quality,
            @ForAll @IntRange(max = 20) int answers,
            @ForAll @IntRange(max = 20) int failures) {
        Model failing = Models.withQuality("a", quality);
        Model other = Models.withQuality("b", quality);
        see(failing, answers, failures + 1);
        see(other, answers, failures);

        assertThat(order(failing, other, NOW)).containsExactly("b", "a");
    }

    @Property
    void of_two_as_good_the_one_that_answered_more_comes_first(
            @ForAll @DoubleRange(max = 1) double quality,
            @ForAll @IntRange(max = 20) int answers,
            @ForAll @IntRange(max = 20) int failures) {
        Model silent = Models.withQuality("a", quality);
        Model other = Models.withQuality("b", quality);
        see(silent, answers, failures);
        see(other, answers + 1, failures);

        assertThat(order(silent, other, NOW)).containsExactly("b", "a");
    }

    @Property
    void of_two_as_good_the_faster_comes_first(
            @ForAll boolean stream,
            @ForAll @IntRange(max = 30_000) int millis,
            @ForAll @IntRange(min = 10, max = 30_000) int more) {
        Model slow = Models.withQuality("a", 0.5);
        Model fast = Models.withQuality("b", 0.5);
        took(slow, stream, millis + more);
        took(fast, stream, millis);

        assertThat(order(slow, fast, stream, NOW)).containsExactly("b", "a");
    }

    @Property
    void how_soon_a_stream_begins_tells_nothing_of_whole_answers(@ForAll boolean stream) {
        Model slow = Models.withQuality("a", 0.5);
        took(slow, stream, 30_000);

        assertThat(order(slow, Models.withQuality("b", 0.5), !stream, NOW)).containsExactly("a", "b");
    }

    @Property
    void a_better_model_that_failed_comes_first_again_in_time(
            @ForAll @IntRange(min = 1, max = 20) int failures, @ForAll @IntRange(max = 20) int answers) {
        Model better = Models.withQuality("a", 0.6);
        Model other = Models.withQuality("b", 0.4);
        see(better, 0, failures);
        see(other, answers, 0);
        took(better, true, 30_000);

        assertThat(order(better, other, NOW)).containsExactly("b", "a");
        assertThat(order(better, other, NOW.plus(Duration.ofHours(10)))).containsExactly("a", "b");
    }

    @Property
    void a_score_is_above_0_and_at_most_1(
            @ForAll @DoubleRange(max = 1) double quality,
            @ForAll @IntRange(max = 20) int answers,
            @ForAll @IntRange(max = 20) int failures,
            @ForAll @IntRange(max = 120_000) int millis) {
        Model model = Models.withQuality("a", quality);
        see(model, answers, failures);
        took(model, true, millis);

        double score = statistics.score(model, true, NOW);

        assertThat(score).isPositive().isLessThanOrEqualTo(1);
    }

    private void see(Model model, int answers, int failures) {
        for (int n = 0; n < answers; n++) {
            statistics.results().answered(model.id(), NOW);
        }
        for (int n = 0; n < failures; n++) {
            statistics.results().failed(model.id(), NOW);
        }
    }

    private void took(Model model, boolean stream, int millis) {
        for (int n = 0; n < 5; n++) {
            statistics.latencies().took(model.id(), stream, Duration.ofMillis(millis), NOW);
        }
    }

    private List<String> order(Model one, Model other, Instant now) {
        return order(one, other, true, now);
    }

    private List<String> order(Model one, Model other, boolean stream, Instant now) {
        return OrderPolicy.ADAPTIVE.sorted(List.of(one, other), statistics, stream, now).stream()
                .map(model -> model.id().value())
                .toList();
    }
}

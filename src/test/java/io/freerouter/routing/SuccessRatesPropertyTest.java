package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freerouter.catalog.ModelId;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

class SuccessRatesPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final ModelId MODEL = new ModelId("a");
    private static final double ROUNDING = 1e-9;

    private SuccessRates record;

    @BeforeTry
    void nothingIsKnown() {
        record = new SuccessRates();
    }

    @Property
    void of_a_model_nobody_asked_the_prior_is_expected(@ForAll @DoubleRange(min = 0, max = 1) double prior) {
        assertThat(record.successRate(MODEL, prior, NOW)).isEqualTo(prior, within(ROUNDING));
    }

    @Property
    void the_rate_lies_between_the_prior_and_what_was_seen(
            @ForAll @DoubleRange(min = 0, max = 1) double prior,
            @ForAll @IntRange(max = 20) int answers,
            @ForAll @IntRange(min = 1, max = 20) int failures) {
        see(answers, failures);
        double seen = (double) answers / (answers + failures);

        assertThat(record.successRate(MODEL, prior, NOW))
                .isBetween(Math.min(prior, seen) - ROUNDING, Math.max(prior, seen) + ROUNDING);
    }

    @Property
    void one_more_answer_raises_the_rate(
            @ForAll @DoubleRange(min = 0, max = 0.99) double prior,
            @ForAll @IntRange(max = 20) int answers,
            @ForAll @IntRange(max = 20) int failures) {
        see(answers, failures);
        double before = record.successRate(MODEL, prior, NOW);
        record.answered(MODEL, NOW);

        assertThat(record.successRate(MODEL, prior, NOW)).isGreaterThan(before);
    }

    @Property
    void one_more_failure_lowers_the_rate(
            @ForAll @DoubleRange(min = 0.01, max = 1) double prior,
            @ForAll @IntRange(max = 20) int answers,
            @ForAll @IntRange(max = 20) int failures) {
        see(answers, failures);
        double before = record.successRate(MODEL, prior, NOW);
        record.failed(MODEL, NOW);

        assertThat(record.successRate(MODEL, prior, NOW)).isLessThan(before);
    }

    @Property
    void what_is_long_ago_is_forgotten(
            @ForAll @DoubleRange(min = 0, max = 1) double prior,
            @ForAll @IntRange(max = 20) int answers,
            @ForAll @IntRange(max = 20) int failures) {
        see(answers, failures);

        assertThat(record.successRate(MODEL, prior, NOW.plus(Duration.ofDays(1))))
                .isEqualTo(prior, within(ROUNDING));
    }

    @Property
    void what_is_older_counts_for_less(@ForAll @IntRange(min = 1, max = 300) int minutes) {
        record.failed(MODEL, NOW);

        assertThat(record.successRate(MODEL, 0.5, NOW.plus(Duration.ofMinutes(minutes))))
                .isGreaterThan(record.successRate(MODEL, 0.5, NOW.plus(Duration.ofMinutes(minutes - 1))));
    }

    @Property
    void a_clock_that_goes_back_does_no_harm(@ForAll @IntRange(max = 1_000_000) int seconds) {
        record.failed(MODEL, NOW);
        record.answered(MODEL, NOW.minusSeconds(seconds));

        assertThat(record.successRate(MODEL, 0.5, NOW.minusSeconds(seconds))).isEqualTo(0.5, within(ROUNDING));
    }

    @Property
    void models_are_judged_each_for_itself(@ForAll @IntRange(max = 20) int failures) {
        see(0, failures);

        assertThat(record.successRate(new ModelId("b"), 0.5, NOW)).isEqualTo(0.5, within(ROUNDING));
    }

    private void see(int answers, int failures) {
        for (int n = 0; n < answers; n++) {
            record.answered(MODEL, NOW);
        }
        for (int n = 0; n < failures; n++) {
            record.failed(MODEL, NOW);
        }
    }
}

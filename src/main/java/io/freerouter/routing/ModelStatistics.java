package io.freerouter.routing;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process has measured of the models. The order of the pool is computed from it; cooldowns are kept apart. Safe to
 * use from any thread.
 *
 * @param results which attempts succeeded, and how usable the answers were
 * @param latencies how long answers took
 * @param outputs how many tokens models allow in an answer, if a refusal said so
 * @param charging the models that charged money, whatever the catalog says; can be added to
 */
public record ModelStatistics(SuccessRates results, Latencies latencies, OutputLimits outputs, Set<ModelId> charging) {
    /** A model that was hardly asked is expected to do well, so a model that failed long ago gets another chance. */
    private static final double EXPECTED_SUCCESS = 0.9;

    private static final double LEAST_WORTH = 0.5;
    /** An answer after this time is worth half of an immediate one. */
    private static final Duration PATIENCE_FOR_FIRST_TOKEN = Duration.ofSeconds(10);

    private static final Duration PATIENCE_FOR_WHOLE_ANSWER = Duration.ofSeconds(60);
    /** The part of the patience that a model is expected to use if too little was seen of it. */
    private static final double EXPECTED_USE = 0.2;

    /** Nothing was seen yet. */
    public ModelStatistics() {
        this(new SuccessRates(), new Latencies(), new OutputLimits(), ConcurrentHashMap.newKeySet());
    }

    /**
     * How much can be expected of asking a model: its quality in benchmarks times its success rate times its speed. Models that
     * were never asked, or not lately, are in the order of their quality.
     *
     * @param stream whether a stream is wanted, which is judged by its first token
     * @return above 0, at most 1; more is better
     */
    public double score(Model model, boolean stream, Instant now) {
        double worth = LEAST_WORTH + (1 - LEAST_WORTH) * model.quality();
        return worth * successRate(model, now) * speed(model, stream, now);
    }

    /** Everything that still counts, for {@link #restore}. Output limits are left out: each catalog ends them. */
    public StatisticsSnapshot snapshot(Instant now) {
        return new StatisticsSnapshot(
                results.attempts(now),
                results.plainAnswers(now),
                results.answersByNeed(now),
                latencies.times(true, now),
                latencies.times(false, now),
                charging);
    }

    /** Begins with what an earlier process has measured. What it saw after {@code now}, by its clock, counts as seen now. */
    public void restore(StatisticsSnapshot saved, Instant now) {
        results.restore(saved, now);
        latencies.restore(true, saved.streams(), now);
        latencies.restore(false, saved.wholes(), now);
        charging.addAll(saved.charging());
    }

    private double speed(Model model, boolean stream, Instant now) {
        double patience = patience(stream).toMillis();
        double use = latencies
                .p90(model.id(), stream, now)
                .map(took -> took.toMillis() / patience)
                .orElse(EXPECTED_USE);
        return 1 / (1 + use);
    }

    /**
     * How long a caller has to wait for this model, as measured lately: the time of an answer, longer the more often the model
     * fails. A model that was never asked gets the usual time, shortened by what its name promises.
     *
     * @param nameBonus what the model's name promises, from 0 for nothing to 1 for the fastest
     * @return seconds
     */
    double expectedWait(Model model, boolean stream, double nameBonus, Instant now) {
        double usual = EXPECTED_USE * patience(stream).toMillis();
        Duration prior = Duration.ofMillis(Math.round(usual * (1 - nameBonus / 2)));
        double millis = latencies.expected(model.id(), stream, prior, now).toMillis();
        return millis / 1000 / successRate(model, now);
    }

    private double successRate(Model model, Instant now) {
        return results.successRate(model.id(), EXPECTED_SUCCESS, now);
    }

    private static Duration patience(boolean stream) {
        return stream ? PATIENCE_FOR_FIRST_TOKEN : PATIENCE_FOR_WHOLE_ANSWER;
    }

    /**
     * How many tokens models said in refusals that their answers may have, where the catalog says more. Remembered until the catalog
     * is read again. Safe to use from any thread.
     */
    public static final class OutputLimits {
        private final Map<ModelId, Long> limits = new ConcurrentHashMap<>();

        /** Records the limit that a model named, in tokens; a limit below 1 is ignored. */
        public void learned(ModelId model, long tokens) {
            if (tokens > 0) {
                limits.merge(model, tokens, Math::min);
            }
        }

        /** The limit that the model named, in tokens; empty if it named none since the catalog was read. */
        public OptionalLong of(ModelId model) {
            Long limit = limits.get(model);
            return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
        }

        /** Forgets all limits, because the catalog was read again. */
        public void catalogRead() {
            limits.clear();
        }
    }
}

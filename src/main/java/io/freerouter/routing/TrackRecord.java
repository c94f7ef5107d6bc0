package io.freerouter.routing;

import io.freerouter.catalog.ModelId;
import java.time.Duration;
import java.time.Instant;

/**
 * How often each model has answered and how often it has failed; what is long ago counts for little. Outlives every
 * catalog; safe to use from any thread.
 */
public final class TrackRecord {
    private static final HalfLife HALF_LIFE = new HalfLife(Duration.ofMinutes(30));
    /** As many attempts an expectation is worth. */
    private static final double PRIOR_WEIGHT = 2;

    private static final Tally NOTHING = new Tally(0, 0, Instant.EPOCH);

    private record Tally(double answers, double failures, Instant at) {
        Tally plus(int moreAnswers, int moreFailures, Instant now) {
            double left = HALF_LIFE.weight(at, now);
            return new Tally(answers * left + moreAnswers, failures * left + moreFailures, now);
        }
    }

    private final PerModel<Tally> tallies = new PerModel<>();

    /** The model has answered. */
    public void answered(ModelId model, Instant now) {
        add(model, 1, 0, now);
    }

    /** The model has failed, by its own fault. */
    public void failed(ModelId model, Instant now) {
        add(model, 0, 1, now);
    }

    private void add(ModelId model, int answers, int failures, Instant now) {
        tallies.update(model, now, tally -> tally.orElse(NOTHING).plus(answers, failures, now));
    }

    /**
     * Which share of attempts on the model succeeds.
     *
     * @param prior what is expected of a model of which nothing has been seen, from 0 to 1
     * @return from 0 to 1; nears what has been seen the more there is, and the prior again as that grows old
     */
    public double successRate(ModelId model, double prior, Instant now) {
        Tally tally = tallies.find(model).orElse(NOTHING).plus(0, 0, now);
        return (prior * PRIOR_WEIGHT + tally.answers()) / (PRIOR_WEIGHT + tally.answers() + tally.failures());
    }
}

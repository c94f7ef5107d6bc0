package io.freerouter.routing;

import io.freerouter.catalog.Model;
import java.time.Duration;
import java.time.Instant;

/**
 * What this process has seen of the models. Safe to use from any thread.
 *
 * @param results who answered and who failed
 * @param latencies how long answers took
 * @param fitness how usable answers were
 */
public record Experience(TrackRecord results, LatencyMemory latencies, Fitness fitness) {
    /** Of a model that nobody has asked much good is expected: so one that has failed long ago gets another chance. */
    private static final double EXPECTED_SUCCESS = 0.9;

    private static final double LEAST_WORTH = 0.5;
    /** What takes this long is worth half of what takes no time. */
    private static final Duration PATIENCE_FOR_FIRST_TOKEN = Duration.ofSeconds(10);

    private static final Duration PATIENCE_FOR_WHOLE_ANSWER = Duration.ofSeconds(60);
    /** The part of the patience that a model uses of which too little has been seen. */
    private static final double EXPECTED_USE = 0.2;

    /** One that has seen nothing. */
    public Experience() {
        this(new TrackRecord(), new LatencyMemory(), new Fitness());
    }

    /**
     * How much is to be expected of asking a model: the product of how good benchmarks find it, how often it answers and
     * how soon. Models of which nothing is known, or nothing any more, are in the order of their quality.
     *
     * @param stream whether a stream is wanted, which is judged by its first token
     * @return above 0, at most 1; more is better
     */
    public double score(Model model, boolean stream, Instant now) {
        double worth = LEAST_WORTH + (1 - LEAST_WORTH) * model.quality();
        return worth * results.successRate(model.id(), EXPECTED_SUCCESS, now) * speed(model, stream, now);
    }

    private double speed(Model model, boolean stream, Instant now) {
        double patience = (stream ? PATIENCE_FOR_FIRST_TOKEN : PATIENCE_FOR_WHOLE_ANSWER).toMillis();
        double use = latencies
                .p90(model.id(), stream, now)
                .map(took -> took.toMillis() / patience)
                .orElse(EXPECTED_USE);
        return 1 / (1 + use);
    }
}

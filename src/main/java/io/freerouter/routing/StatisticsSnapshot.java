package io.freerouter.routing;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was measured of the models until one moment, to be restored by a later process. Observations that count for next to
 * nothing are left out, and only the latest times of each model are kept.
 *
 * @param attempts which attempts succeeded
 * @param plainAnswers how usable the answers to requests without special needs were
 * @param answersByNeed how usable the answers were, for each ability that requests needed
 * @param streams how long models took to the first token of a stream, the oldest first
 * @param wholes how long models took to a whole answer, the oldest first
 * @param charging the models that charged money
 */
public record StatisticsSnapshot(
        Map<ModelId, Results> attempts,
        Map<ModelId, Results> plainAnswers,
        Map<Ability, Map<ModelId, Results>> answersByNeed,
        Map<ModelId, List<Took>> streams,
        Map<ModelId, List<Took>> wholes,
        Set<ModelId> charging) {
    public StatisticsSnapshot {
        attempts = Map.copyOf(attempts);
        plainAnswers = Map.copyOf(plainAnswers);
        answersByNeed = Map.copyOf(answersByNeed);
        streams = Map.copyOf(streams);
        wholes = Map.copyOf(wholes);
        charging = Set.copyOf(charging);
    }

    /**
     * Good and bad results. Both lose half of their weight with each half-life.
     *
     * @param good the weight of the good ones at {@code at}, from 0
     * @param bad the weight of the bad ones at {@code at}, from 0
     * @param at when the last result was recorded
     */
    public record Results(double good, double bad, Instant at) {
        public Results {
            if (!(good >= 0 && bad >= 0 && good + bad < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "Results have finite weights of at least 0, not " + good + " and " + bad);
            }
        }
    }

    /**
     * One answer.
     *
     * @param time how long it took, at least zero
     * @param at when it came
     */
    public record Took(Duration time, Instant at) {
        public Took {
            if (time.isNegative()) {
                throw new IllegalArgumentException("An answer takes at least no time, not " + time);
            }
        }
    }
}

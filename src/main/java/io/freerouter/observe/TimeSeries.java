package io.freerouter.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What happened lately, for charts.
 *
 * @param hour the last hour in slots of one minute, the oldest first, empty slots included
 * @param day the last day in slots of fifteen minutes, the oldest first, empty slots included
 */
public record TimeSeries(List<Slot> hour, List<Slot> day) {
    public TimeSeries {
        hour = List.copyOf(hour);
        day = List.copyOf(day);
    }

    /**
     * One slot of time.
     *
     * @param from when it began
     * @param requests how many requests ended in it, by outcome; outcomes without requests are left out
     * @param attempts how many attempts these requests made
     * @param firstToken the mean time to the first token by the id of the model; at most 12 models, the others are together as
     *     {@code other}
     */
    public record Slot(
            Instant from, Map<RequestOutcome, Integer> requests, int attempts, Map<String, Duration> firstToken) {
        public Slot {
            requests = Map.copyOf(requests);
            firstToken = Map.copyOf(firstToken);
        }

        /** How many requests got an answer. */
        public int answered() {
            return requests.getOrDefault(RequestOutcome.ANSWERED, 0);
        }
    }
}

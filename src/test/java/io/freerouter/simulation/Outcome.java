package io.freerouter.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What came of many requests. */
final class Outcome {
    private final List<Duration> waits = new ArrayList<>();
    private final Map<Long, Integer> callsOf = new HashMap<>();
    private int requests;
    private int calls;
    private int whole;

    void requested() {
        requests++;
    }

    void called(long request) {
        calls++;
        callsOf.merge(request, 1, Integer::sum);
    }

    /** A caller has its first token, or its whole answer where it asked for one, after this time. */
    void answered(Duration waited) {
        waits.add(waited);
    }

    /** A caller has its answer to the end. */
    void ended() {
        whole++;
    }

    /** Which share of the requests was answered to the end. */
    double successRate() {
        return (double) whole / requests;
    }

    /** Calls per request that was answered. */
    double callsPerAnswer() {
        return (double) calls / waits.size();
    }

    /** Calls per request, whether it was answered or not. */
    double callsPerRequest() {
        return (double) calls / requests;
    }

    /** The most calls that one request cost. */
    int mostCalls() {
        return callsOf.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** The time within which this share of the answers began. */
    Duration wait(double share) {
        List<Duration> ascending = new ArrayList<>(waits);
        Collections.sort(ascending);
        return ascending.get((int) Math.ceil(share * ascending.size()) - 1);
    }
}

package io.freerouter.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What came of many requests. */
final class Outcome {
    private final List<Duration> waits = new ArrayList<>();
    private int requests;
    private int calls;
    private int whole;

    void requested() {
        requests++;
    }

    void called() {
        calls++;
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

    /** The time within which this share of the answers began. */
    Duration wait(double share) {
        List<Duration> ascending = new ArrayList<>(waits);
        Collections.sort(ascending);
        return ascending.get((int) Math.ceil(share * ascending.size()) - 1);
    }
}

package io.freerouter.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * How fast the day's requests are used up. Keeps one count a minute of the last half hour. Not for several threads at once.
 */
final class UsagePace {
    private static final Duration LOOKBACK = Duration.ofMinutes(30);
    /** A pace is never derived from a shorter time: the first requests after a pause say little. */
    private static final Duration SHORTEST = Duration.ofMinutes(5);

    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final Deque<Ledger.Count> counts = new ArrayDeque<>();

    /**
     * Notes how many requests of the day are used up.
     *
     * @param before the count before the latest request
     */
    void note(long before, Instant now) {
        if (!counts.isEmpty()
                && (before < counts.getLast().used()
                        || now.isBefore(counts.getLast().at()))) {
            counts.clear();
        }
        if (counts.isEmpty() || !now.isBefore(counts.getLast().at().plus(BETWEEN))) {
            counts.addLast(new Ledger.Count(now, before));
        }
        forget(now);
    }

    /** How many requests an hour were made lately. */
    double perHour(long used, Instant now) {
        forget(now);
        if (counts.isEmpty() || used < counts.getFirst().used()) {
            return 0;
        }
        Duration time = Duration.between(counts.getFirst().at(), now);
        double hours = (time.compareTo(SHORTEST) < 0 ? SHORTEST : time).toMillis()
                / (double) Duration.ofHours(1).toMillis();
        return (used - counts.getFirst().used()) / hours;
    }

    /** The counts, the oldest first. */
    List<Ledger.Count> counts() {
        return List.copyOf(counts);
    }

    /** Begins with the counts of an earlier process; without those from the future, by the clock. */
    void restore(List<Ledger.Count> saved, Instant now) {
        counts.clear();
        saved.stream().filter(count -> !count.at().isAfter(now)).forEach(counts::addLast);
        forget(now);
    }

    private void forget(Instant now) {
        Instant earliest = now.minus(LOOKBACK);
        while (!counts.isEmpty() && counts.getFirst().at().isBefore(earliest)) {
            counts.removeFirst();
        }
    }
}

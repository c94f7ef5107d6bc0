package io.freerouter.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The account's requests within the last minute: ours exactly, others' as far as they were noticed or are to be expected.
 * OpenRouter counts by the clock's minutes; if no stretch of a minute has more than the limit, none of those has either.
 * Not for use by several threads at once.
 */
final class MinuteCount {
    /** A second more than a minute: requests take unequally long to get there. */
    static final Duration LENGTH = Duration.ofSeconds(61);

    /** How far back others' requests tell how many more there will be. */
    private static final Duration LOOKBACK = Duration.ofMinutes(5);

    /** More is not needed to see that nothing is left. */
    private static final long MOST_OTHERS = 1000;

    /** Both the earliest first: under load there are many of them, so only ends are looked at. */
    private final Deque<Instant> ours = new ArrayDeque<>();

    private final Deque<Instant> others = new ArrayDeque<>();
    private Instant watchedSince;
    private Instant seenAt = Instant.EPOCH;

    /** One of ours. */
    void add(Instant now) {
        ours.addLast(now);
    }

    /** The one of ours at that moment was none. */
    void takeBack(Instant at) {
        ours.removeLastOccurrence(at);
    }

    /** So many of others were noticed, which came some time within a stretch; they are expected to go on like that. */
    void addOthers(long count, Instant from, Instant to) {
        double millis = Math.max(1, Duration.between(from, to).toMillis());
        long kept = Math.min(count, MOST_OTHERS);
        for (long n = 1; n <= kept; n++) {
            others.addLast(from.plusMillis((long) (millis * n / kept)));
        }
        watchedSince = watchedSince == null ? from : watchedSince;
        seenAt = to;
    }

    /** Whether others were at work of late. */
    boolean hasOthers() {
        return !others.isEmpty();
    }

    /** How many there were, of which others' are at most so many: who waits for them would else wait for ever. */
    long used(long mostOfOthers, Instant now) {
        forget(now);
        return ours.size() + Math.min(mostOfOthers, othersWithin(now.minus(LENGTH)) + unseen(now));
    }

    private long othersWithin(Instant begin) {
        return others.stream().filter(moment -> moment.isAfter(begin)).count();
    }

    /** How many of others have come since they were last noticed, if they went on as of late, and one for luck. */
    long unseen(Instant now) {
        if (others.isEmpty()) {
            return 0;
        }
        Instant since = watchedSince.isAfter(now.minus(LOOKBACK)) ? watchedSince : now.minus(LOOKBACK);
        double perMilli = others.size()
                / (double) Math.max(1, Duration.between(since, seenAt).toMillis());
        long unseen = Math.min(Duration.between(seenAt, now).toMillis(), LENGTH.toMillis());
        return 1 + (long) Math.ceil(perMilli * unseen);
    }

    /** When so many will have been long enough ago, if whoever waits for that comes at once when there is room. */
    Instant downBy(long count, Instant now) {
        forget(now);
        Instant begin = now.minus(LENGTH);
        List<Instant> earliest = Stream.concat(
                        ours.stream().limit(count), others.stream().filter(moment -> moment.isAfter(begin)))
                .sorted()
                .limit(count)
                .toList();
        if (earliest.isEmpty()) {
            return now;
        }
        long rounds = (count - 1) / earliest.size();
        Instant last = earliest.get((int) ((count - 1) % earliest.size()));
        return last.plus(LENGTH.multipliedBy(rounds + 1));
    }

    private void forget(Instant now) {
        Instant begin = now.minus(LENGTH);
        forget(ours, begin);
        forget(others, now.minus(LOOKBACK));
    }

    private static void forget(Deque<Instant> moments, Instant begin) {
        while (!moments.isEmpty() && !moments.peekFirst().isAfter(begin)) {
            moments.removeFirst();
        }
    }
}

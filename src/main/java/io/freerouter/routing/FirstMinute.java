package io.freerouter.routing;

import io.freerouter.failure.QuotaWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The clock's minute in which counting began. What was asked in it before is not known, so any attempt may be one too many:
 * such are made only a few at a time, until it is seen that they were let in. Not for use by several threads at once.
 */
final class FirstMinute {
    /** How many may turn out to be too many at once. */
    static final int FEW = 2;

    /** OpenRouter refuses for the account's sake before it asks any provider: silence for so long means that it has not. */
    static final Duration VERDICT = Duration.ofSeconds(1);

    /** How far the upstream's clock may be behind ours, a request's way included. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    /** The earliest first; never more than a few. */
    private final Deque<Instant> pending = new ArrayDeque<>();

    private Instant end = Instant.EPOCH;
    private long before = Long.MAX_VALUE;

    /** Counting begins. */
    void begin(Instant now) {
        end = QuotaWindow.MINUTE.endAfter(now).plus(SLACK);
    }

    /** At most so many were asked in this minute before: as many as in all of the day. */
    void atMost(long count) {
        before = Math.min(before, count);
    }

    /** An attempt is made beside so many since the start. */
    void add(long used, long limit, Instant now) {
        if (isUnsure(used, limit, now)) {
            pending.addLast(now);
        }
    }

    /** It is known what became of the attempt made then. Tells whether that makes room for another. */
    boolean settled(Instant at) {
        return pending.removeFirstOccurrence(at);
    }

    /**
     * When one more can be made; empty for now.
     *
     * @param used how many there have been since the start, or will have been before it
     * @param ahead how many of these are still to come
     */
    Optional<Instant> full(long used, long ahead, long limit, Instant now) {
        return isUnsure(used, limit, now) ? turn(ahead, now) : Optional.empty();
    }

    private boolean isUnsure(long used, long limit, Instant now) {
        return now.isBefore(end) && before >= limit - used;
    }

    private Optional<Instant> turn(long ahead, Instant now) {
        pending.removeIf(at -> !at.plus(VERDICT).isAfter(now));
        long place = pending.size() + ahead - FEW;
        return place < 0 ? Optional.empty() : Optional.of(earlier(end, free(place, now)));
    }

    private Instant free(long place, Instant now) {
        Instant first = pending.isEmpty() ? now : pending.peekFirst();
        return first.plus(VERDICT.multipliedBy(1 + place / FEW));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}

package io.freerouter.routing;

import io.freerouter.failure.QuotaWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Limits attempts in the clock's minute in which the program started. It is not known how many requests the account made
 * earlier in that minute, so any attempt may exceed the limit. Only a few attempts run at a time until the upstream has
 * accepted them. Not for several threads at once.
 */
final class ColdStartLimit {
    /** How many attempts may run before the upstream has accepted or refused them. */
    static final int FEW = 2;

    /**
     * OpenRouter checks the account's limits before it asks a provider. An attempt that is silent for this long has been
     * accepted.
     */
    static final Duration VERDICT = Duration.ofSeconds(1);

    /** How far the upstream's clock may be behind ours, including the time a request takes to arrive. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    /** Attempts whose verdict is not known yet. */
    private final RequestTimes pending = new RequestTimes();

    private Instant end = Instant.EPOCH;
    private long before = Long.MAX_VALUE;

    /** Counting begins. */
    void begin(Instant now) {
        end = QuotaWindow.MINUTE.endAfter(now).plus(SLACK);
    }

    /**
     * Records that the account made at most this many requests earlier in this minute, because it made no more in the whole
     * day.
     */
    void atMost(long count) {
        before = Math.min(before, count);
    }

    /**
     * Counts an attempt.
     *
     * @param used how many attempts there were since the start
     */
    void add(long used, long limit, Instant now) {
        prune(now);
        if (isUnsure(used, limit, now)) {
            pending.add(now);
        }
    }

    /**
     * Records that the upstream has accepted or refused the attempt counted at {@code at}. Returns whether that makes room for
     * another attempt.
     */
    boolean settled(Instant at) {
        return pending.remove(at);
    }

    /**
     * When one more attempt can be made; empty if it can be made now.
     *
     * @param used how many attempts were made since the start, or will be made before this one
     * @param ahead how many of them are still to be made
     */
    Optional<Instant> full(long used, long ahead, long limit, Instant now) {
        return isUnsure(used, limit, now) ? turn(ahead, now) : Optional.empty();
    }

    /** How many attempts are remembered. */
    int size() {
        return pending.size();
    }

    private boolean isUnsure(long used, long limit, Instant now) {
        return limit <= QuotaRules.FREE_MINUTE && now.isBefore(end) && before >= limit - used;
    }

    private Optional<Instant> turn(long ahead, Instant now) {
        prune(now);
        long place = pending.size() + ahead - FEW;
        return place < 0 ? Optional.empty() : Optional.of(earlier(end, free(place, now)));
    }

    private void prune(Instant now) {
        pending.removeUntil(now.minus(VERDICT));
    }

    private Instant free(long place, Instant now) {
        return pending.first().orElse(now).plus(VERDICT.multipliedBy(1 + place / FEW));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}

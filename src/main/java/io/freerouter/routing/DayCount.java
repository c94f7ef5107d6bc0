package io.freerouter.routing;

import io.freerouter.failure.QuotaWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The account's requests of the present UTC day: the upstream's last count, and our attempts since. Not for several threads at
 * once.
 *
 * <p>A count that is read while attempts are on their way may or may not include them. OpenRouter counts a request before it asks
 * a provider, so the count includes every attempt that was answered, and every attempt that is older than a moment.
 */
final class DayCount {
    /** How long an attempt may be on its way before the upstream has counted it. */
    private static final Duration A_MOMENT = Duration.ofMillis(500);

    private final RequestTimes inFlight = new RequestTimes();
    private long used;
    private Instant end = Instant.EPOCH;
    private long made;
    private Optional<Quota.Snapshot> last = Optional.empty();
    private Instant readingSince = Instant.MIN;
    /** Attempts that the snapshot of the reading under way counts as made, although they never reached the upstream. */
    private long tooManyMade;

    /** Counts one of our attempts. */
    void add(Instant now) {
        turn(now);
        used++;
        made++;
        inFlight.removeUntil(now.minus(A_MOMENT));
        inFlight.add(now);
    }

    /** Records that the attempt counted at {@code at} has reached the upstream. */
    void arrived(Instant at) {
        inFlight.remove(at);
    }

    /**
     * Undoes the attempt counted at {@code at}, which never reached the upstream. Our count stays as it is if the upstream's
     * last count left the attempt out already.
     */
    void giveBack(Instant at, Instant now) {
        turn(now);
        inFlight.remove(at);
        made--;
        if (last.filter(snapshot -> leavesOut(snapshot.at(), at)).isPresent()) {
            last = last.map(Quota.Snapshot::withOneLess);
        } else if (QuotaWindow.DAY.endAfter(at).equals(end)) {
            used = Math.max(0, used - 1);
        }
        tooManyMade += leavesOut(readingSince, at) ? 1 : 0;
    }

    private static boolean leavesOut(Instant read, Instant attempt) {
        return !attempt.isAfter(read.equals(Instant.MIN) ? read : read.minus(A_MOMENT));
    }

    /** Our count, to compare with the upstream's count that is read from now on. */
    Quota.Snapshot snapshot(Instant now) {
        inFlight.removeUntil(now.minus(A_MOMENT));
        readingSince = now;
        tooManyMade = 0;
        return new Quota.Snapshot(now, made, inFlight.size(), OptionalLong.empty());
    }

    /**
     * Replaces the count by the upstream's, and adds what it cannot include yet.
     *
     * @param begun our count when the upstream's began to be read
     * @param count the upstream's count
     * @return the snapshot that became the last one
     */
    Quota.Snapshot reconcile(Quota.Snapshot begun, long count, Instant now) {
        long madeBefore = begun.made() - (begun.at().equals(readingSince) ? tooManyMade : 0);
        Quota.Snapshot read = new Quota.Snapshot(begun.at(), madeBefore, begun.inFlight(), OptionalLong.of(count));
        last = Optional.of(read);
        set(count + begun.inFlight() + Math.max(0, made - madeBefore), now);
        return read;
    }

    /** How many requests others made between two counts of the same day. */
    long others(Quota.Snapshot before, Quota.Snapshot after) {
        long ours = made - before.made() + before.inFlight();
        return Math.max(0, after.used().orElse(0) - before.used().orElse(0) - ours);
    }

    /** The upstream's last count; empty if there was none yet. */
    Optional<Quota.Snapshot> last() {
        return last;
    }

    /** How many attempts were made since counting began. */
    long made() {
        return made;
    }

    /** Begins with the counts of an earlier process, of this day. A count from the future, by the clock, is left out. */
    void restore(Ledger.Day saved, Instant now) {
        set(saved.used(), now);
        made = saved.made();
        last = saved.last().filter(read -> !read.at().isAfter(now));
    }

    void set(long count, Instant now) {
        turn(now);
        used = count;
    }

    long used(Instant now) {
        turn(now);
        return used;
    }

    /** When the day ends. */
    Instant end(Instant now) {
        turn(now);
        return end;
    }

    private void turn(Instant now) {
        if (!now.isBefore(end)) {
            end = QuotaWindow.DAY.endAfter(now);
            used = 0;
        }
    }
}

package io.freerouter.routing;

import io.freerouter.failure.QuotaWindow;
import java.time.Instant;

/** The account's requests of the present UTC day. Not for use by several threads at once. */
final class DayCount {
    private long used;
    private Instant end = Instant.EPOCH;

    /** One of ours. */
    void add(Instant now) {
        turn(now);
        used++;
    }

    /** The one of ours at that moment was none. */
    void takeBack(Instant at, Instant now) {
        turn(now);
        if (QuotaWindow.DAY.endAfter(at).equals(end)) {
            used = Math.max(0, used - 1);
        }
    }

    /** The upstream says how many there were. */
    void told(long count, Instant now) {
        turn(now);
        used = count;
    }

    long used(Instant now) {
        turn(now);
        return used;
    }

    /** When the day is over. */
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

package io.freerouter.routing;

import io.freerouter.failure.QuotaWindow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a {@link Quota} knows at one moment, to be restored by a later process that uses the same account.
 *
 * @param minute the requests of the last minute
 * @param day the requests of the UTC day
 * @param minuteLimit how many requests a minute the account may make; empty if unknown
 * @param dayLimit how many requests a day the account may make; empty if unknown
 * @param refusedUntil until when the upstream refuses requests because a limit is used up
 * @param pace counts of the day's requests in the last half hour, the oldest first
 */
public record Ledger(
        Minute minute,
        Day day,
        OptionalLong minuteLimit,
        OptionalLong dayLimit,
        Map<QuotaWindow, Instant> refusedUntil,
        List<Count> pace) {
    public Ledger {
        refusedUntil = Map.copyOf(refusedUntil);
        pace = List.copyOf(pace);
        if (minuteLimit.orElse(1) < 1 || dayLimit.orElse(1) < 1) {
            throw new IllegalArgumentException("A limit must be at least 1 request");
        }
    }

    /**
     * The requests within the last minute.
     *
     * @param ours when this gateway made its attempts, the earliest first
     * @param others when others made requests with the same account, as estimated, the earliest first
     * @param watchedSince since when others are watched; empty if there were none
     * @param seenAt when others were last noticed; empty if there were none
     */
    public record Minute(
            List<Instant> ours, List<Instant> others, Optional<Instant> watchedSince, Optional<Instant> seenAt) {
        public Minute {
            ours = List.copyOf(ours);
            others = List.copyOf(others);
        }
    }

    /**
     * The requests of a UTC day.
     *
     * @param end when the day ends
     * @param used how many requests the account has made
     * @param made how many attempts this gateway has made, since it began to count
     * @param last our count at the time of the upstream's last count; empty if there was none
     * @param refused when the upstream last refused a request because the day is used up; empty if never
     * @param nextTrial when an attempt beyond the day's limit may be made; empty if none was made
     * @param openUntil until when attempts beyond the day's limit are made because the upstream accepted one; empty if it did
     *     not
     */
    public record Day(
            Instant end,
            long used,
            long made,
            Optional<Quota.Snapshot> last,
            Optional<Instant> refused,
            Optional<Instant> nextTrial,
            Optional<Instant> openUntil) {
        public Day {
            if (used < 0) {
                throw new IllegalArgumentException("A day has at least 0 requests, not " + used);
            }
        }
    }

    /**
     * How many requests of the day were used up at one moment.
     *
     * @param at the moment
     * @param used how many
     */
    public record Count(Instant at, long used) {}
}

package io.freerouter.routing;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * How much of one of the account's limits is used up.
 *
 * @param used how many requests, ours and others' as far as known
 * @param limit how many it allows; empty if unknown or without limit
 * @param resetsAt when there will be more than now
 */
public record WindowState(long used, OptionalLong limit, Instant resetsAt) {
    /** How many requests are left; empty if there is no limit. */
    public OptionalLong remaining() {
        return limit.isEmpty() ? limit : OptionalLong.of(Math.max(0, limit.getAsLong() - used));
    }

    /** Whether no more than this share of the limit is left. */
    public boolean isDownTo(double share) {
        return limit.isPresent() && remaining().getAsLong() <= share * limit.getAsLong();
    }
}

package io.freerouter.routing;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * How much of the account's quota is used up at one moment.
 *
 * @param minute the requests of the minute
 * @param day the requests of the UTC day
 */
public record QuotaState(Window minute, Window day) {
    /** If this share of a limit is left, or less, no request is spent on a second model that may not be needed. */
    public static final double LOW = 0.2;

    /** If this share of a limit is left, or less, the user is warned again. */
    public static final double NEARLY_SPENT = 0.05;

    /**
     * Whether at most {@link #LOW} of the minute's or the day's limit is left. Then each request makes only the attempts that it
     * needs, and no hedge. An unknown or missing limit is never low.
     */
    public boolean isLow() {
        return minute.isDownTo(LOW) || day.isDownTo(LOW);
    }

    /**
     * How much of one of the account's limits is used up.
     *
     * @param used how many requests the account made, including those of other programs as far as they are known
     * @param limit how many the limit allows; empty if unknown or unlimited
     * @param resetsAt when more requests can be made than now
     */
    public record Window(long used, OptionalLong limit, Instant resetsAt) {
        /** How many requests are left; empty if the limit is unknown or there is none. */
        public OptionalLong remaining() {
            return limit.isEmpty() ? limit : OptionalLong.of(Math.max(0, limit.getAsLong() - used));
        }

        /** Whether no more than this share of the limit is left. */
        public boolean isDownTo(double share) {
            return limit.isPresent() && remaining().getAsLong() <= share * limit.getAsLong();
        }
    }
}

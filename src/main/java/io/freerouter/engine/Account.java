package io.freerouter.engine;

import java.util.Optional;

/**
 * What the upstream tells of the account behind the key. It may tell any part of it, or nothing.
 *
 * @param freeTier whether no credits were ever bought for it
 * @param daily its requests to free models of this day, UTC
 */
public record Account(Optional<Boolean> freeTier, Optional<Daily> daily) {
    /**
     * A day's requests to free models, all keys and programs of the account together.
     *
     * @param used how many there were; refused ones count, so it may be more than the limit
     * @param limit how many there may be, above zero
     */
    public record Daily(long used, long limit) {
        public Daily {
            if (used < 0 || limit <= 0) {
                throw new IllegalArgumentException("There cannot be " + used + " requests of " + limit);
            }
        }
    }

    /** Whether the upstream holds it to OpenRouter's limits; of an account without limits it tells neither. */
    boolean isLimited() {
        return freeTier.isPresent() || daily.isPresent();
    }
}

package io.freerouter.engine;

import java.util.Optional;

/**
 * What the upstream says of the account behind the key. It may say any part of it, or nothing.
 *
 * @param freeTier whether the account never bought credits
 * @param daily the account's requests to free models of this UTC day
 */
public record Account(Optional<Boolean> freeTier, Optional<Daily> daily) {
    /**
     * A day's requests to free models, by all keys and programs of the account together.
     *
     * @param used how many there were; refused requests count, so it may exceed the limit
     * @param limit how many there may be, above zero
     */
    public record Daily(long used, long limit) {
        public Daily {
            if (used < 0 || limit <= 0) {
                throw new IllegalArgumentException("There cannot be " + used + " requests of " + limit);
            }
        }
    }

    /** Whether OpenRouter's limits apply. For an account without limits the upstream gives neither value. */
    boolean isLimited() {
        return freeTier.isPresent() || daily.isPresent();
    }
}

package io.freerouter.routing;

import io.freerouter.catalog.Ability;
import java.time.Instant;
import java.util.Set;

/**
 * A cooldown that keeps requests away from a model, for people to look at.
 *
 * @param until when it ends or, while an attempt probes the model after it, when that attempt counts as lost
 * @param probing whether it is over, and an attempt probes the model before other requests follow
 * @param failures how many failures in a row led to it
 * @param cause why the model cools down
 * @param abilities it is for requests that need at least these abilities; empty for any
 * @param bytes it is for requests whose body has at least this length; 0 for any
 * @param outputTokens it is for requests that allow answers of at least this length; 0 for any
 */
public record RunningCooldown(
        Instant until,
        boolean probing,
        int failures,
        Cause cause,
        Set<Ability> abilities,
        long bytes,
        long outputTokens) {
    public RunningCooldown {
        abilities = Set.copyOf(abilities);
    }

    /** Why a model cools down. */
    public enum Cause {
        /** A failure that may not come again, or something the model cannot do. */
        FAILURE,
        /** The model costs money. */
        PRICE,
        /** The upstream does not offer the model to this account; the next catalog ends the cooldown. */
        ABSENCE,
        /** A user asked for the cooldown. */
        REQUESTED
    }

    /** Whether it is for some requests only. */
    public boolean isSpecial() {
        return !abilities.isEmpty() || bytes > 0 || outputTokens > 0;
    }
}

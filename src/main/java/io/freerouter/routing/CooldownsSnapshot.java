package io.freerouter.routing;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The cooldowns of all models at one moment, to be restored by a later process. Attempts that were running are not among them.
 *
 * @param cooldowns in no order; one model may have several
 */
public record CooldownsSnapshot(List<Entry> cooldowns) {
    public CooldownsSnapshot {
        cooldowns = List.copyOf(cooldowns);
    }

    /**
     * One cooldown of one model.
     *
     * @param cause why the model cools down
     * @param abilities it is for requests that need at least these abilities; empty for any
     * @param bytes it is for requests whose body has at least this length; 0 for any
     * @param outputTokens it is for requests that allow answers of at least this length; 0 for any
     * @param failures how many failures in a row led to it, at least 1
     * @param end when it ends or has ended; it is remembered for a while after its end
     */
    public record Entry(
            ModelId model,
            RunningCooldown.Cause cause,
            Set<Ability> abilities,
            long bytes,
            long outputTokens,
            int failures,
            Instant end) {
        public Entry {
            abilities = Set.copyOf(abilities);
            if (bytes < 0 || outputTokens < 0 || failures < 1) {
                throw new IllegalArgumentException(
                        "A cooldown has lengths of at least 0 and at least 1 failure, but has " + bytes + " bytes, "
                                + outputTokens + " tokens and " + failures + " failures");
            }
        }
    }
}

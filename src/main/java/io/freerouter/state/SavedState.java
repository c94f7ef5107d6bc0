package io.freerouter.state;

import io.freerouter.routing.CooldownsSnapshot;
import io.freerouter.routing.Ledger;
import io.freerouter.routing.StatisticsSnapshot;
import java.time.Instant;

/**
 * What a later process needs to know.
 *
 * @param savedAt when it was taken, by the clock of that time
 * @param isComplete whether the process made no attempt afterwards, because it stopped
 * @param owner whom it belongs to
 * @param ledger the account's minute and day
 * @param cooldowns which models cool down
 * @param statistics how models did
 */
public record SavedState(
        Instant savedAt,
        boolean isComplete,
        Owner owner,
        Ledger ledger,
        CooldownsSnapshot cooldowns,
        StatisticsSnapshot statistics) {

    /**
     * Whom a state belongs to. Fingerprints tell neither the key nor the address.
     *
     * @param upstream the fingerprint of the upstream's address
     * @param account the fingerprint of the key and the address
     */
    public record Owner(String upstream, String account) {
        /** The owner of what is learned from this upstream with this key. */
        public static Owner of(String upstream, String key) {
            return new Owner(Fingerprint.of(upstream), Fingerprint.of(upstream, key));
        }
    }
}

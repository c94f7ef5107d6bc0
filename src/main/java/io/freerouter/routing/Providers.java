package io.freerouter.routing;

import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who hosts which model, as answers and failures have told, and which providers had better be left alone for a moment. Safe
 * to use from any thread.
 */
final class Providers {
    /** Many times as many as there are. */
    private static final int MOST = 512;

    private final PerModel<String> hosts = new PerModel<>();
    private final Map<String, Instant> rests = new ConcurrentHashMap<>();

    /** A provider has answered for a model or failed. */
    void hosts(ModelId model, String provider, Instant now) {
        hosts.update(model, now, before -> provider);
    }

    /** The provider's models had better not be asked before this moment, if there are others. */
    void rest(String provider, Instant until) {
        if (rests.size() < MOST || rests.containsKey(provider)) {
            rests.put(provider, until);
        }
    }

    /** A model has answered, so its provider is well. */
    void answered(ModelId model) {
        hosts.find(model).ifPresent(rests::remove);
    }

    /** Until when the model's provider rests; empty if it does not, or is not known. */
    Optional<Instant> restsUntil(ModelId model, Instant now) {
        return hosts.find(model).map(rests::get).filter(now::isBefore);
    }

    /** Forgets the rests that are over. */
    void forget(Instant now) {
        rests.values().removeIf(until -> !now.isBefore(until));
    }
}

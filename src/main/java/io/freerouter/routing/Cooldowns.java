package io.freerouter.routing;

import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which models rest, and until when. Outlives every catalog; safe to use from any thread. */
public final class Cooldowns {
    private final Map<ModelId, Instant> ends = new ConcurrentHashMap<>();

    /** Lets a model rest until a moment. A longer rest that it already has stays. */
    public void rest(ModelId model, Instant until) {
        ends.merge(model, until, (had, wanted) -> wanted.isAfter(had) ? wanted : had);
    }

    /** Ends a model's rest: it has just answered. */
    public void wake(ModelId model) {
        ends.remove(model);
    }

    /** When the model's rest ends; empty if it is not resting now. */
    public Optional<Instant> restsUntil(ModelId model, Instant now) {
        return Optional.ofNullable(ends.computeIfPresent(model, (id, end) -> end.isAfter(now) ? end : null));
    }
}

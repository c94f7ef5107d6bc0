package io.freerouter.routing;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All models of a catalog in the order of a policy. Sorting a large pool is costly, so many requests share one sorted pool. It is
 * sorted again for a new catalog and, if the order depends on statistics, at most once a second. Safe to use from any thread.
 */
public final class RankedPool {
    /** How long an order by statistics is used. A model that fails in the meantime cools down, so it is asked last at once. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private record Kind(OrderPolicy policy, boolean stream) {}

    private record Sorted(Catalog catalog, Instant at, List<Model> models) {
        boolean holds(Catalog current, OrderPolicy policy, Instant now) {
            return catalog == current
                    && (!policy.isByStatistics() || !now.isBefore(at) && now.isBefore(at.plus(FRESH)));
        }
    }

    private final ModelStatistics statistics;
    private final Map<Kind, Sorted> sorted = new ConcurrentHashMap<>();

    /** @param statistics is read anew by each sort */
    public RankedPool(ModelStatistics statistics) {
        this.statistics = statistics;
    }

    /**
     * The models of the catalog, best first.
     *
     * @param stream whether a stream is wanted; its speed is judged by the first token
     */
    public List<Model> of(Catalog catalog, OrderPolicy policy, boolean stream, Instant now) {
        Kind kind = new Kind(policy, stream);
        Sorted last = sorted.get(kind);
        if (last == null || !last.holds(catalog, policy, now)) {
            last = new Sorted(catalog, now, policy.sorted(catalog.models(), statistics, stream, now));
            sorted.put(kind, last);
        }
        return last.models();
    }
}

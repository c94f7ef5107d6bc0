package io.freerouter.testing;

import io.freerouter.engine.Affinity;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.CoalescedRequests;
import io.freerouter.engine.ModelHealth;
import io.freerouter.engine.QuotaGate;
import io.freerouter.engine.Router;
import io.freerouter.engine.RouterListener;
import io.freerouter.engine.Upstream;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.RaceRules;
import io.freerouter.routing.Ticker;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Routers that stay with the model of a conversation and number their requests from 1. */
public final class Routers {
    private Routers() {}

    /** A router that sends each request. */
    public static Router of(
            CatalogKeeper catalogs,
            Upstream upstream,
            ModelHealth health,
            QuotaGate gate,
            OrderPolicy order,
            RaceRules rules,
            Ticker ticker,
            RouterListener listener) {
        return of(
                catalogs,
                upstream,
                health,
                gate,
                new Affinity(true, ticker),
                order,
                Optional.empty(),
                rules,
                ticker,
                listener);
    }

    static Router of(
            CatalogKeeper catalogs,
            Upstream upstream,
            ModelHealth health,
            QuotaGate gate,
            Affinity affinity,
            OrderPolicy order,
            Optional<CoalescedRequests> coalesced,
            RaceRules rules,
            Ticker ticker,
            RouterListener listener) {
        return new Router(
                catalogs,
                upstream,
                health,
                gate,
                affinity,
                order,
                coalesced,
                rules,
                ticker,
                listener,
                new AtomicLong()::incrementAndGet);
    }
}

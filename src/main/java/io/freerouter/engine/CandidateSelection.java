package io.freerouter.engine;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.UnmetNeed;
import io.freerouter.routing.CandidateOrder;
import io.freerouter.routing.ModelPreference;
import io.freerouter.routing.Needs;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.RankedPool;
import io.freerouter.routing.Suitability;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Chooses the models that a request may be put to, or says why there are none. Safe to use from any thread. */
final class CandidateSelection {
    private final ModelHealth health;
    private final Affinity affinity;
    private final OrderPolicy order;
    private final RankedPool rankedPool;

    /** @param order which models are asked first, unless the caller or the conversation says so */
    CandidateSelection(ModelHealth health, Affinity affinity, OrderPolicy order) {
        this.health = health;
        this.rankedPool = health.rankedPool();
        this.affinity = affinity;
        this.order = order;
    }

    /**
     * The candidates, best first, found only as far as they are asked for; none if {@link #refusal} says why.
     *
     * @param allowed whether a model may be asked at all
     */
    CandidateOrder candidates(Catalog catalog, ChatRequest request, Predicate<Model> allowed, Instant now) {
        return CandidateOrder.of(
                catalog, request.needs(), request.stream(), order, rankedPool, inputs(request, allowed, now), now);
    }

    private CandidateOrder.Inputs inputs(ChatRequest request, Predicate<Model> allowed, Instant now) {
        Needs needs = request.needs();
        return new CandidateOrder.Inputs(
                allowed,
                model -> health.cooldownEnd(model.id(), needs, now),
                model -> health.providerCooldownEnd(model, now),
                model -> health.isUnfit(model, needs, now),
                affinity.usual(request, now));
    }

    /** Why no model can be asked. */
    Refusal refusal(Catalog catalog, Needs needs) {
        List<Model> pool = CandidateOrder.pool(catalog, needs.preference());
        List<UnmetNeed> unmet = Suitability.of(needs).unmetNeeds(pool);
        return unmet.isEmpty() ? noModel(needs.preference()) : new Refusal.Unsuited(unmet);
    }

    private static Refusal noModel(ModelPreference preference) {
        return preference.poolFollows()
                ? new Refusal.NoModels("no model is free at the moment.")
                : new Refusal.NoneFree(preference.names());
    }
}

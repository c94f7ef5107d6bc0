package io.freerouter.engine;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.failure.Lack;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.Candidate;
import io.freerouter.routing.CandidateOrder;
import io.freerouter.routing.Needs;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Outlook;
import io.freerouter.routing.Suitability;
import io.freerouter.routing.Wishes;
import java.util.List;

/** Chooses whom a request may be put to, in order, or tells why there is nobody. Safe to use from any thread. */
final class Selection {
    private final ModelHealth health;
    private final Ties ties;
    private final OrderPolicy order;

    Selection(ModelHealth health, Ties ties, OrderPolicy order) {
        this.health = health;
        this.ties = ties;
        this.order = order;
    }

    /** The models to ask, in order; none if {@link #refusal} tells why. */
    List<Model> models(Catalog catalog, ChatRequest request) {
        return CandidateOrder.of(catalog, request.needs(), order, outlook(request)).stream()
                .map(Candidate::model)
                .toList();
    }

    private Outlook outlook(ChatRequest request) {
        Needs needs = request.needs();
        return new Outlook(
                model -> health.score(model, request.stream()),
                model -> health.restsUntil(model, needs),
                health::crowdedUntil,
                model -> health.isUnfit(model, needs),
                ties.usual(request));
    }

    /** Why there is nobody to ask. */
    Refusal refusal(Catalog catalog, Needs needs) {
        List<Model> pool = CandidateOrder.pool(catalog, needs.wishes());
        List<Lack> lacks = Suitability.of(needs).lacks(pool);
        return lacks.isEmpty() ? nobody(needs.wishes()) : new Refusal.Unsuited(lacks);
    }

    private static Refusal nobody(Wishes wishes) {
        return wishes.poolFollows()
                ? new Refusal.NoModels("no model is free at the moment.")
                : new Refusal.NoneFree(wishes.names());
    }
}

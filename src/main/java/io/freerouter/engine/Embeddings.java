package io.freerouter.engine;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.CatalogReadFailed;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.Refusal.NoneFree;
import io.freerouter.failure.Refusal.NotEmbedding;
import io.freerouter.failure.RefusalException;
import io.freerouter.routing.HedgingPolicy;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/**
 * Answers requests for embeddings. The free model that is named is asked once, without fallback, because the vectors of
 * different models cannot be compared. Safe to use from any thread.
 */
public final class Embeddings {
    private static final HedgingPolicy ALONE = new HedgingPolicy(1, Duration.ZERO, Duration.ZERO);

    private final Router router;
    private final CatalogKeeper catalogs;
    private final ModelHealth health;

    /**
     * Reads no catalog before it is asked.
     *
     * @param router asks one model at most, from these catalogs
     * @param catalogs lists free models for embeddings
     */
    public Embeddings(Router router, CatalogKeeper catalogs, ModelHealth health) {
        this.router = router;
        this.catalogs = catalogs;
        this.health = health;
    }

    /**
     * A listener for the catalogs of embedding models. It passes on only failed reads, because other listeners count and list
     * chat models.
     */
    public static RouterListener onlyMisses(RouterListener listener) {
        return event -> {
            if (event instanceof CatalogReadFailed) {
                listener.on(event);
            }
        };
    }

    /**
     * Asks the one model that the request names. Starts on subscription; cancelling it closes the upstream call.
     *
     * @return fails with {@link RefusalException} if there is no answer
     */
    public Uni<Answer<Completion>> complete(ChatRequest request) {
        return explained(router.complete(request, ALONE));
    }

    /**
     * Asks the one model for a request that has its number already; see {@link #complete(ChatRequest)}.
     *
     * @param number from {@link Router#newNumber}, used once
     */
    public Uni<Answer<Completion>> complete(long number, ChatRequest request) {
        return explained(router.complete(number, request, ALONE));
    }

    private Uni<Answer<Completion>> explained(Uni<Answer<Completion>> answer) {
        return answer.onFailure(RefusalException.class)
                .transform(refused -> new RefusalException(explained(refused.refusal())));
    }

    private Refusal explained(Refusal refusal) {
        return refusal instanceof NoneFree ? new NotEmbedding(free()) : refusal;
    }

    private List<ModelId> free() {
        return catalogs.latest().map(this::free).orElse(List.of()).stream()
                .map(Model::id)
                .toList();
    }

    private List<Model> free(Catalog catalog) {
        return catalog.models().stream()
                .filter(model -> health.isFree(model.id()))
                .toList();
    }

    /**
     * The models that can be asked. They are read if nobody has asked before; they come on the caller's event loop.
     *
     * @return fails with {@link RefusalException} if they cannot be read
     */
    public Uni<List<Model>> models() {
        return catalogs.current().map(this::free);
    }

    /** Reads no more catalogs. Completes when no read is under way any more, and never fails. */
    public Uni<Void> close() {
        return catalogs.close();
    }
}

package io.freerouter.engine;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.CatalogMissed;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.Refusal.AllFailed;
import io.freerouter.failure.Refusal.NoneFree;
import io.freerouter.failure.Refusal.NotEmbedding;
import io.freerouter.failure.Refusal.OneFailed;
import io.freerouter.failure.Refused;
import io.freerouter.routing.Pace;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Answers requests for embeddings by the free model that is named, which is asked once: the vectors of different models cannot
 * be compared, so no other may stand in. Safe to use from any thread.
 */
public final class Embeddings {
    private static final Pace ALONE = new Pace(1, Duration.ZERO, Duration.ZERO);

    private final Router router;
    private final CatalogKeeper catalogs;
    private final ModelHealth health;

    /**
     * Reads nothing before it is asked.
     *
     * @param router asks one model at most, from these catalogs
     * @param catalogs of free models for embeddings
     */
    public Embeddings(Router router, CatalogKeeper catalogs, ModelHealth health) {
        this.router = router;
        this.catalogs = catalogs;
        this.health = health;
    }

    /** Of these catalogs hears only what goes wrong: the free models that others count and list are those that chat. */
    public static RouterListener hearingMisses(RouterListener listener) {
        return event -> {
            if (event instanceof CatalogMissed) {
                listener.on(event);
            }
        };
    }

    /**
     * Asks the one model that the request wishes for. Starts on subscription; cancelling it closes the upstream call.
     *
     * @return fails with {@link Refused} if there is no answer
     */
    public Uni<Answer<Completion>> complete(ChatRequest request) {
        return router.complete(request, ALONE)
                .onFailure(Refused.class)
                .transform(refused -> new Refused(told(((Refused) refused).refusal())));
    }

    private Refusal told(Refusal refusal) {
        if (refusal instanceof NoneFree) {
            return new NotEmbedding(free());
        }
        return refusal instanceof AllFailed failed
                ? new OneFailed(failed.attempts().get(0))
                : refusal;
    }

    private List<ModelId> free() {
        Stream<Catalog> latest = catalogs.latest().stream();
        return latest.flatMap(catalog -> catalog.models().stream())
                .map(Model::id)
                .filter(health::isFree)
                .toList();
    }

    /** Reads no more catalogs. */
    public void close() {
        catalogs.close();
    }
}

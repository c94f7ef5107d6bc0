package io.freerouter.app;

import io.freerouter.assembly.Assembly;
import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.FreePolicy;
import io.freerouter.catalog.Listing;
import io.freerouter.engine.CatalogSource;
import io.freerouter.openrouter.ListingReader;
import io.freerouter.openrouter.SmallBody;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** The catalog of free models for embeddings as OpenRouter has it. An upstream without such a list has no such models. */
@Singleton
class EmbeddingModels implements CatalogSource {
    private static final int NOT_FOUND = 404;

    private final OpenRouterApi openRouter;
    private final FreePolicy policy;
    private final Ticker ticker;

    EmbeddingModels(OpenRouterApi openRouter, Assembly assembly, Ticker ticker) {
        this.openRouter = openRouter;
        this.policy = assembly.embeddingsPolicy();
        this.ticker = ticker;
    }

    @Override
    @Retry(maxRetries = 2, delay = 250, jitter = 100, abortOn = SmallBody.TooLarge.class)
    @Timeout(10_000)
    public Uni<Catalog> read() {
        return SmallBody.read(openRouter.embeddingModels(), ListingReader.MAX_BYTES)
                .map(ListingReader::readAny)
                .onFailure(EmbeddingModels::isMissing)
                .recoverWithItem(List.of())
                .map(this::catalog);
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof WebApplicationException refused
                && refused.getResponse().getStatus() == NOT_FOUND;
    }

    private Catalog catalog(List<Listing> listings) {
        Instant now = ticker.now();
        return new Catalog(policy.models(listings, now), now);
    }
}

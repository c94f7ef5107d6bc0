package io.freerouter.app;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.FreePolicy;
import io.freerouter.engine.CatalogSource;
import io.freerouter.openrouter.ListingReader;
import io.freerouter.openrouter.SmallBody;
import io.freerouter.routing.Ticker;
import io.quarkus.cache.CacheInvalidateAll;
import io.quarkus.cache.CacheResult;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * The catalog as OpenRouter has it, cached for the catalog's time, so that whoever asks meanwhile gets the same one and
 * OpenRouter is asked once. Failures are not cached. What to do while none can be had is the keeper's business.
 */
@Singleton
class FreeModels implements CatalogSource {
    private final OpenRouterApi openRouter;
    private final FreePolicy policy;
    private final Ticker ticker;

    FreeModels(OpenRouterApi openRouter, FreePolicy policy, Ticker ticker) {
        this.openRouter = openRouter;
        this.policy = policy;
        this.ticker = ticker;
    }

    @Override
    public Uni<Catalog> read() {
        return forget().chain(this::cached);
    }

    @CacheInvalidateAll(cacheName = "free-models")
    Uni<Void> forget() {
        return Uni.createFrom().voidItem();
    }

    @CacheResult(cacheName = "free-models")
    @Retry(maxRetries = 2, delay = 250, jitter = 100, abortOn = SmallBody.TooLarge.class)
    @Timeout(10_000)
    Uni<Catalog> cached() {
        return SmallBody.read(openRouter.models(), ListingReader.MAX_BYTES).map(this::catalog);
    }

    private Catalog catalog(byte[] listings) {
        Instant now = ticker.now();
        return new Catalog(policy.models(ListingReader.read(listings), now), now);
    }
}

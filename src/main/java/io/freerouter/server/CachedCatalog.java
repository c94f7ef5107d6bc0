package io.freerouter.server;

import io.freerouter.catalog.Catalog;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.openrouter.CatalogAndAccountReader;
import io.freerouter.settings.Settings;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CacheResult;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/**
 * The catalog of free models, in a cache. The cache decides how old a catalog may grow. Failures are not cached; {@link
 * io.freerouter.engine.CatalogKeeper} decides what happens while no catalog can be read.
 */
@Singleton
class CachedCatalog implements CatalogKeeper.Source {
    private static final String CACHE = "free-models";

    private final CatalogAndAccountReader reader;
    private final CaffeineCache cache;

    CachedCatalog(CatalogAndAccountReader reader, Settings settings, @CacheName(CACHE) Cache cache) {
        this.reader = reader;
        this.cache = cache.as(CaffeineCache.class);
        this.cache.setExpireAfterWrite(settings.catalog().ttl());
    }

    @Override
    @CacheResult(cacheName = CACHE)
    public Uni<Catalog> read() {
        return reader.models();
    }

    @Override
    public boolean isFresh() {
        CompletableFuture<Catalog> cached = cache.getIfPresent(cache.getDefaultKey());
        return cached != null && cached.isDone();
    }
}

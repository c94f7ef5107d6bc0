package io.freerouter.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.freerouter.catalog.Catalog;
import io.freerouter.demo.CatalogRow;
import io.freerouter.openrouter.ResourceReadException;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cache decides how old the catalog may grow. */
@QuarkusTest
@WithTestResource(value = FakeUpstream.class, initArgs = @ResourceArg(name = "freerouter.catalog.ttl", value = "1h"))
class CachedCatalogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    CachedCatalog models;

    @Inject
    @CacheName("free-models")
    Cache cache;

    FakeOpenRouter upstream;

    @BeforeEach
    void forget() {
        upstream.reset();
        cache.invalidateAll().await().atMost(PATIENCE);
        cache.as(CaffeineCache.class).setExpireAfterWrite(Duration.ofHours(1));
    }

    private Catalog read() {
        return models.read().await().atMost(PATIENCE);
    }

    @Test
    void a_catalog_that_is_young_enough_comes_from_the_cache() {
        upstream.catalogFrom(CatalogRow.free("maker/a:free", 1000));
        Catalog first = read();
        assertThat(models.isFresh()).isTrue();
        assertThat(read()).isSameAs(first);
        assertThat(upstream.catalogReads()).isEqualTo(1);
    }

    @Test
    void a_catalog_that_is_too_old_is_read_again() {
        upstream.catalogFrom(CatalogRow.free("maker/a:free", 1000));
        read();
        cache.as(CaffeineCache.class).setExpireAfterWrite(Duration.ofNanos(1));
        awaitTooOld();
        upstream.catalogFrom(CatalogRow.free("maker/b:free", 1000));
        assertThat(read().find("maker/b:free")).isPresent();
        assertThat(upstream.catalogReads()).isEqualTo(2);
    }

    /** Whoever waits for a catalog has it a moment before the cache counts its age. */
    private void awaitTooOld() {
        assertTimeoutPreemptively(PATIENCE, () -> {
            while (models.isFresh()) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void a_failure_is_not_cached() {
        upstream.modelsStatus(503, "{}");
        assertThatThrownBy(this::read).isInstanceOf(ResourceReadException.class);
        assertThat(models.isFresh()).isFalse();
        upstream.catalogFrom(CatalogRow.free("maker/a:free", 1000));
        assertThat(read().models()).hasSize(1);
    }
}

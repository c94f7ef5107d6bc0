package io.freerouter.http;

import io.freerouter.engine.CatalogKeeper;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: there is a catalog to route by. Tells how many models it has and how old it is. */
@Readiness
@Singleton
class CatalogReady implements HealthCheck {
    private final CatalogKeeper catalogs;

    CatalogReady(CatalogKeeper catalogs) {
        this.catalogs = catalogs;
    }

    @Override
    public HealthCheckResponse call() {
        return CatalogFacts.of(catalogs, HealthCheckResponse.named("catalog"))
                .status(catalogs.latest().isPresent())
                .build();
    }
}

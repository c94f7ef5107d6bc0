package io.freerouter.http;

import io.freerouter.engine.CatalogKeeper;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while it answers at all. Says for information how the catalog is. */
@Liveness
@Singleton
class GatewayAlive implements HealthCheck {
    private final CatalogKeeper catalogs;

    GatewayAlive(CatalogKeeper catalogs) {
        this.catalogs = catalogs;
    }

    @Override
    public HealthCheckResponse call() {
        return CatalogFacts.of(catalogs, HealthCheckResponse.named("gateway"))
                .up()
                .build();
    }
}

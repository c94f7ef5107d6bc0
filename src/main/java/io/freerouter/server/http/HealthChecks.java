package io.freerouter.server.http;

import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.Router;
import io.freerouter.failure.Refusal;
import io.freerouter.reply.RefusalWriter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** The health checks at {@code /health}: one of liveness, two of readiness. */
@Singleton
class HealthChecks {
    private final CatalogKeeper catalogs;
    private final Router router;

    HealthChecks(CatalogKeeper catalogs, Router router) {
        this.catalogs = catalogs;
        this.router = router;
    }

    /** The gateway is alive while it answers at all. The catalog's state is information only. */
    @Produces
    @Singleton
    @Liveness
    HealthCheck gateway() {
        return () -> withCatalog(HealthCheckResponse.named("gateway")).up().build();
    }

    /** The gateway is ready when there is a catalog to route by. */
    @Produces
    @Singleton
    @Readiness
    HealthCheck catalog() {
        return () -> withCatalog(HealthCheckResponse.named("catalog"))
                .status(catalogs.latest().isPresent())
                .build();
    }

    /**
     * The gateway is ready when it has a key. Without a key it refuses every chat, so no caller should be sent here; a
     * restart would not help, so the gateway is still alive.
     */
    @Produces
    @Singleton
    @Readiness
    HealthCheck key() {
        return () -> {
            HealthCheckResponseBuilder check = HealthCheckResponse.named("key");
            boolean missing =
                    router.refusesAll().filter(Refusal.NoKey.class::isInstance).isPresent();
            return missing
                    ? check.down()
                            .withData("missing", "OPENROUTER_API_KEY")
                            .withData("message", RefusalWriter.NO_KEY)
                            .build()
                    : check.up().build();
        };
    }

    /** Adds the number of free models and the catalog's age in seconds, or says that no catalog has been read yet. */
    private HealthCheckResponseBuilder withCatalog(HealthCheckResponseBuilder check) {
        catalogs.latest()
                .ifPresent(
                        catalog -> check.withData("freeModels", catalog.models().size()));
        return catalogs.age()
                .map(age -> check.withData("catalogAgeSeconds", age.toSeconds()))
                .orElseGet(() -> check.withData("catalog", "not read yet"));
    }
}

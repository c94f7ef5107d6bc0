package io.freerouter.http;

import io.freerouter.engine.CatalogKeeper;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** What health checks tell of the catalog. */
final class CatalogFacts {
    private CatalogFacts() {}

    /** Adds the number of free models and the catalog's age in seconds, or says that there is none. */
    static HealthCheckResponseBuilder of(CatalogKeeper catalogs, HealthCheckResponseBuilder check) {
        catalogs.latest()
                .ifPresent(
                        catalog -> check.withData("freeModels", catalog.models().size()));
        return catalogs.age()
                .map(age -> check.withData("catalogAgeSeconds", age.toSeconds()))
                .orElseGet(() -> check.withData("catalog", "not read yet"));
    }
}

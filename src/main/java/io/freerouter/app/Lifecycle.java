package io.freerouter.app;

import io.freerouter.engine.CatalogKeeper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What happens when the server starts and stops. */
@Singleton
class Lifecycle {
    private final CatalogKeeper catalogs;

    Lifecycle(CatalogKeeper catalogs) {
        this.catalogs = catalogs;
    }

    void start(@Observes StartupEvent started) {
        catalogs.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        catalogs.close();
    }
}

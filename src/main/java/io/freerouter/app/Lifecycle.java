package io.freerouter.app;

import io.freerouter.engine.AccountKeeper;
import io.freerouter.engine.CatalogKeeper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What happens when the server starts and stops. */
@Singleton
class Lifecycle {
    private final CatalogKeeper catalogs;
    private final AccountKeeper account;

    Lifecycle(CatalogKeeper catalogs, AccountKeeper account) {
        this.catalogs = catalogs;
        this.account = account;
    }

    void start(@Observes StartupEvent started) {
        catalogs.start();
        account.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        catalogs.close();
    }
}

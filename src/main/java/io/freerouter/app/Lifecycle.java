package io.freerouter.app;

import io.freerouter.engine.AccountKeeper;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.Embeddings;
import io.freerouter.observe.DroppedFailures;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What happens when the server starts and stops. */
@Singleton
class Lifecycle {
    private final CatalogKeeper catalogs;
    private final AccountKeeper account;
    private final Embeddings embeddings;

    Lifecycle(CatalogKeeper catalogs, AccountKeeper account, Embeddings embeddings) {
        this.catalogs = catalogs;
        this.account = account;
        this.embeddings = embeddings;
    }

    void start(@Observes StartupEvent started) {
        Infrastructure.setDroppedExceptionHandler(new DroppedFailures());
        catalogs.start();
        account.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        catalogs.close();
        embeddings.close();
    }
}

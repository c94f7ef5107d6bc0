package io.freerouter.server;

import io.freerouter.engine.AccountKeeper;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.Embeddings;
import io.freerouter.observe.LogLines;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Starts to read the catalogs and the account with the server, and ends reading when the server stops. */
@Singleton
class KeeperLifecycle {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final CatalogKeeper catalogs;
    private final AccountKeeper account;
    private final Embeddings embeddings;

    KeeperLifecycle(CatalogKeeper catalogs, AccountKeeper account, Embeddings embeddings) {
        this.catalogs = catalogs;
        this.account = account;
        this.embeddings = embeddings;
    }

    void start(@Observes StartupEvent started) {
        Infrastructure.setDroppedExceptionHandler(LogLines::dropped);
        catalogs.start();
        account.start();
    }

    /** Waits for reads under way, because an answer to the REST Client that comes after the server's end is logged as an error. */
    void stop(@Observes ShutdownEvent stopping) {
        Uni.join()
                .all(catalogs.close(), embeddings.close(), account.readingDone())
                .andCollectFailures()
                .replaceWithVoid()
                .ifNoItem()
                .after(LONGEST_WAIT)
                .recoverWithUni(Uni.createFrom().voidItem())
                .await()
                .indefinitely();
    }
}

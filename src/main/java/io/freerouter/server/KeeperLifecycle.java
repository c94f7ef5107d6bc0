package io.freerouter.server;

import io.freerouter.engine.Account;
import io.freerouter.engine.AccountKeeper;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.Embeddings;
import io.freerouter.gateway.Gateway;
import io.freerouter.observe.LogLines;
import io.freerouter.openrouter.UpstreamEndpoint;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * Starts to read the catalogs and the account with the server, says what the account may do, and ends reading when the server
 * stops.
 */
@Singleton
class KeeperLifecycle {
    private static final Logger LOG = Logger.getLogger("io.freerouter");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final CatalogKeeper catalogs;
    private final AccountKeeper account;
    private final Embeddings embeddings;
    private final UpstreamEndpoint endpoint;
    private final RestClientHttpGet get;
    private final Gateway gateway;
    private final StateLifecycle stateLifecycle;

    KeeperLifecycle(
            CatalogKeeper catalogs,
            AccountKeeper account,
            Embeddings embeddings,
            UpstreamEndpoint endpoint,
            RestClientHttpGet get,
            Gateway gateway,
            StateLifecycle stateLifecycle) {
        this.catalogs = catalogs;
        this.account = account;
        this.embeddings = embeddings;
        this.endpoint = endpoint;
        this.get = get;
        this.gateway = gateway;
        this.stateLifecycle = stateLifecycle;
    }

    void start(@Observes StartupEvent started) {
        Infrastructure.setDroppedExceptionHandler(LogLines::dropped);
        stateLifecycle.start(gateway);
        catalogs.start();
        account.start();
        account.readingDone().subscribe().with(read -> account.latest().ifPresent(this::tell));
    }

    /** Logs what the account may do. The demo has a key of its own, of which there is nothing to tell. */
    private void tell(Account known) {
        CommandOptions.key(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class))
                .filter(key -> key.value().equals(endpoint.key().value()))
                .ifPresent(key -> LOG.infof("The key of %s is accepted%s%s", key.source(), tier(known), day(known)));
    }

    private static String tier(Account known) {
        return known.freeTier()
                .map(free -> free ? ": free tier" : ": paid tier")
                .orElse("");
    }

    private static String day(Account known) {
        return known.daily()
                .map(day -> ", " + day.used() + " of " + day.limit() + " requests of this day used")
                .orElse("");
    }

    /** Ends reading, then saves the last state. */
    void stop(@Observes ShutdownEvent stopping) {
        try {
            endReading();
        } finally {
            stateLifecycle.stop();
        }
    }

    /**
     * Waits for reads under way, because an answer to the REST Client that comes after the server's end is logged as an error.
     * So is a connection that Quarkus breaks off. Therefore reads that take longer are broken off here.
     */
    private void endReading() {
        Uni<Void> done = Uni.join()
                .all(catalogs.close(), embeddings.close(), account.readingDone())
                .andCollectFailures()
                .replaceWithVoid()
                .memoize()
                .indefinitely();
        if (!isDone(done)) {
            get.close();
            isDone(done);
        }
    }

    /** Waits, but not for long. */
    private static boolean isDone(Uni<Void> done) {
        return done.replaceWith(true)
                .ifNoItem()
                .after(LONGEST_WAIT)
                .recoverWithItem(false)
                .await()
                .indefinitely();
    }
}

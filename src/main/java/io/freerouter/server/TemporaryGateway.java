package io.freerouter.server;

import io.freerouter.cli.CommandException;
import io.freerouter.cli.Gateways;
import io.freerouter.engine.AccountKeeper;
import io.freerouter.engine.CatalogKeeper;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A gateway that runs for one task of the command line. Quarkus makes it, so the task waits in a static field. */
@Singleton
@Unremovable
class TemporaryGateway implements QuarkusApplication {
    /** What to do once the gateway listens. */
    static final AtomicReference<Gateways.Task> TASK = new AtomicReference<>();

    private static final AtomicReference<CommandException> FAILURE = new AtomicReference<>();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CatalogKeeper catalogs;
    private final AccountKeeper account;
    private final HttpServer server;

    TemporaryGateway(CatalogKeeper catalogs, AccountKeeper account, HttpServer server) {
        this.catalogs = catalogs;
        this.account = account;
        this.server = server;
    }

    /** Why the task failed, if it did. */
    static Optional<CommandException> failure() {
        return Optional.ofNullable(FAILURE.get());
    }

    @Override
    public int run(String... arguments) {
        catalogs.current()
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(PATIENCE);
        account.readingDone().await().atMost(PATIENCE);
        try {
            return TASK.get().run(URI.create("http://127.0.0.1:" + server.getPort()));
        } catch (CommandException failed) {
            FAILURE.set(failed);
            return 1;
        }
    }
}

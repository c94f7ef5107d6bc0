package io.freerouter.server;

import io.freerouter.engine.RouterListener;
import io.freerouter.gateway.Gateway;
import io.freerouter.openrouter.UpstreamEndpoint;
import io.freerouter.routing.Ticker;
import io.freerouter.server.http.StateChanges;
import io.freerouter.settings.Settings;
import io.freerouter.state.SavedState;
import io.freerouter.state.StateKeeper;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Lets what the gateway has learned survive a restart, if there is a file for it. The packaged program has one by default,
 * development and tests only if {@code freerouter.state.file} names one, the demo never.
 */
@Singleton
class StateLifecycle implements StateChanges {
    private static final Logger LOG = Logger.getLogger("io.freerouter");

    private static final long NANOS_A_MICRO = 1000;

    private final Optional<StateKeeper> keeper;
    private final SavedState.Owner owner;

    StateLifecycle(FreeRouterConfig config, Settings settings, UpstreamEndpoint endpoint, Ticker ticker, Vertx vertx) {
        boolean isDemo =
                !endpoint.baseUrl().equals(settings.upstream().endpoint().baseUrl());
        Optional<StateLocation> location =
                isDemo ? Optional.empty() : location(config.state().file(), endpoint);
        this.owner = location.isEmpty()
                ? new SavedState.Owner("", "")
                : SavedState.Owner.of(
                        endpoint.baseUrl().toString(), endpoint.key().value());
        this.keeper = location.flatMap(place ->
                StateKeeper.open(place.path(), place.isWanted(), owner, ticker, task -> inBackground(task, vertx)));
    }

    private static Optional<StateLocation> location(Optional<Path> named, UpstreamEndpoint endpoint) {
        if (named.isPresent()) {
            return named.filter(path -> !path.toString().equals(StateLocation.NONE))
                    .map(path -> new StateLocation(path, true));
        }
        return LaunchMode.current() == LaunchMode.NORMAL
                ? StateLocation.standard(
                        System.getenv(),
                        System.getProperty("os.name"),
                        System.getProperty("user.home"),
                        endpoint.baseUrl())
                : Optional.empty();
    }

    private static void inBackground(Runnable task, Vertx vertx) {
        vertx.executeBlocking(
                        () -> {
                            task.run();
                            return null;
                        },
                        false)
                .onFailure(failed -> LOG.error("The state was not saved, because of an error in the program", failed));
    }

    /** Continues where an earlier process has stopped, and saves what changes from now on. */
    void start(Gateway gateway) {
        keeper.ifPresent(opened -> {
            long begin = System.nanoTime();
            opened.load().ifPresent(saved -> restore(saved, opened, gateway));
            LOG.debugf("Reading the saved state took %d µs", (System.nanoTime() - begin) / NANOS_A_MICRO);
            opened.start(now -> new SavedState(
                    now,
                    false,
                    owner,
                    gateway.quota().ledger(),
                    gateway.models().health().cooldownsSnapshot(),
                    gateway.models().health().statisticsSnapshot()));
        });
    }

    private static void restore(SavedState saved, StateKeeper keeper, Gateway gateway) {
        Instant savedAt = saved.savedAt();
        gateway.models().health().restore(saved.cooldowns(), saved.statistics(), savedAt);
        if (keeper.isOurs(saved)) {
            gateway.quota().restore(saved.ledger(), savedAt, saved.isComplete());
        }
    }

    /** Marks the state as changed at every event; empty without a file. */
    Optional<RouterListener> listener() {
        return keeper.map(opened -> event -> opened.changed());
    }

    @Override
    public void changed() {
        keeper.ifPresent(StateKeeper::changed);
    }

    /** Saves the last state. */
    void stop() {
        keeper.ifPresent(StateKeeper::close);
    }
}

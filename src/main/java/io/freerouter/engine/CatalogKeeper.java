package io.freerouter.engine;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.CatalogMissed;
import io.freerouter.engine.RouterEvent.CatalogRead;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.Refused;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/**
 * Holds the current catalog in memory and renews it in the background before its time is over, so that no request waits
 * for it but the very first ones. The last good catalog stays in use for as long as no newer one is to be had. Safe to use
 * from any thread; at most one read is under way at a time.
 */
public final class CatalogKeeper {
    /** How soon a failed read is tried again, unless the catalog's own time is shorter. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final CatalogSource source;
    private final Duration lifetime;
    private final Ticker ticker;
    private final RouterListener listener;

    private volatile Catalog latest;
    private Uni<Catalog> underway;
    private Runnable callOff = () -> {};
    private boolean closed;

    /** @param lifetime how old a catalog may grow before a newer one should be in its place; above zero */
    public CatalogKeeper(CatalogSource source, Duration lifetime, Ticker ticker, RouterListener listener) {
        this.source = source;
        this.lifetime = lifetime;
        this.ticker = ticker;
        this.listener = listener;
    }

    /** Begins to read the first catalog, without waiting for it, and keeps it fresh from then on. */
    public void start() {
        refresh();
    }

    /** Stops renewing. What has been read stays available. */
    public synchronized void close() {
        closed = true;
        callOff.run();
    }

    /** The last catalog that was read. */
    public Optional<Catalog> latest() {
        return Optional.ofNullable(latest);
    }

    /** How long ago the last catalog was read; empty if none was. */
    public Optional<Duration> age() {
        return latest().map(catalog -> Duration.between(catalog.readAt(), ticker.now()));
    }

    /** Whether the newest catalog says that this model is free. */
    public boolean isFree(ModelId model) {
        return latest().filter(catalog -> catalog.contains(model)).isPresent();
    }

    /**
     * The catalog to route by: the one in memory, or, where there is none yet, the one being read, which comes on the
     * caller's event loop.
     *
     * @return fails with {@link Refused} if there is none and none can be read
     */
    public Uni<Catalog> current() {
        return Uni.createFrom()
                .deferred(() -> latest != null
                        ? Uni.createFrom().item(latest)
                        : joinRead().emitOn(ticker.here()))
                .onFailure()
                .transform(CatalogKeeper::noModels);
    }

    private static Refused noModels(Throwable cause) {
        return new Refused(new Refusal.NoModels("the list of models could not be read from the upstream yet."));
    }

    private void refresh() {
        joinRead().subscribe().with(read -> {}, missed -> {});
    }

    private synchronized Uni<Catalog> joinRead() {
        if (underway == null) {
            underway = Uni.createFrom()
                    .deferred(source::read)
                    .invoke(this::keep)
                    .onFailure()
                    .invoke(this::miss)
                    .memoize()
                    .indefinitely();
        }
        return underway;
    }

    private void keep(Catalog catalog) {
        latest = catalog;
        again(lifetime.multipliedBy(9).dividedBy(10));
        listener.on(new CatalogRead(catalog));
    }

    private void miss(Throwable cause) {
        again(PATIENCE.compareTo(lifetime) < 0 ? PATIENCE : lifetime);
        listener.on(new CatalogMissed(cause, latest()));
    }

    private synchronized void again(Duration delay) {
        underway = null;
        callOff.run();
        if (!closed) {
            callOff = ticker.after(delay, this::refresh);
        }
    }
}

package io.freerouter.engine;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.CatalogRead;
import io.freerouter.engine.RouterEvent.CatalogReadFailed;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.RefusalException;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/**
 * Holds the last good catalog, so that only the first requests wait for one. The source decides when a catalog is too old. A
 * timer asks the source just after that; a request that finds the catalog too old asks as well, but goes on with the last good
 * catalog. The last good catalog stays in use until a newer one is read. Safe to use from any thread; at most one read is under
 * way at a time.
 */
public final class CatalogKeeper {
    /** How soon a failed read is repeated, unless the lifetime of a catalog is shorter. */
    private static final Duration RETRY_DELAY = Duration.ofSeconds(15);

    /** How long after the end of a catalog's lifetime the timer fires, so that the source does not find it young enough. */
    private static final Duration JUST_AFTER = Duration.ofMillis(10);

    private final Source source;
    private final Duration lifetime;
    private final Ticker ticker;
    private final RouterListener listener;

    private volatile Catalog latest;
    private volatile boolean missed;
    private Uni<Catalog> reading;
    private Runnable cancelTimer = () -> {};
    private boolean closed;

    /** @param lifetime how old the source lets a catalog grow; above zero */
    public CatalogKeeper(Source source, Duration lifetime, Ticker ticker, RouterListener listener) {
        this.source = source;
        this.lifetime = lifetime;
        this.ticker = ticker;
        this.listener = listener;
    }

    /** Begins to read the first catalog, without waiting for it, and keeps it fresh from then on. */
    public void start() {
        refresh();
    }

    /**
     * Stops reading. The last catalog stays available. If a read that is under way fails, the listener is not notified.
     *
     * @return completes when no read is under way any more; never fails
     */
    public synchronized Uni<Void> close() {
        closed = true;
        cancelTimer.run();
        return reading == null
                ? Uni.createFrom().voidItem()
                : reading.replaceWithVoid().onFailure().recoverWithNull();
    }

    /** The last catalog that was read. */
    public Optional<Catalog> latest() {
        return Optional.ofNullable(latest);
    }

    /** How long ago the last catalog was read; empty if none was. */
    public Optional<Duration> age() {
        return latest().map(catalog -> Duration.between(catalog.readAt(), ticker.now()));
    }

    /** Whether the last catalog says that this model is free. */
    public boolean isFree(ModelId model) {
        Catalog catalog = latest;
        return catalog != null && catalog.contains(model);
    }

    /**
     * The catalog to route by: the last one, or, if there is none yet, the one that is being read. The latter comes on the
     * caller's event loop.
     *
     * @return fails with {@link RefusalException} if there is no catalog and none can be read
     */
    public Uni<Catalog> current() {
        return Uni.createFrom()
                .deferred(() -> {
                    Catalog catalog = latest;
                    if (catalog == null) {
                        return read().emitOn(ticker.here());
                    }
                    if (!missed && !source.isFresh()) {
                        refresh();
                    }
                    return Uni.createFrom().item(catalog);
                })
                .onFailure()
                .transform(CatalogKeeper::noModels);
    }

    private static RefusalException noModels(Throwable cause) {
        return new RefusalException(
                new Refusal.NoModels("the list of models could not be read from the upstream yet."));
    }

    private void refresh() {
        read().subscribe().with(read -> {}, missed -> {});
    }

    private synchronized Uni<Catalog> read() {
        if (reading == null) {
            reading = Uni.createFrom()
                    .deferred(source::read)
                    .invoke(this::keep)
                    .onFailure()
                    .invoke(this::miss)
                    .memoize()
                    .indefinitely();
        }
        return reading;
    }

    /** The source may give the last catalog once more, if it still finds it young enough. That is no news. */
    private void keep(Catalog catalog) {
        boolean isNew = catalog != latest;
        latest = catalog;
        missed = false;
        readAgainAfter(isNew ? lifetime.plus(JUST_AFTER) : JUST_AFTER);
        if (isNew) {
            listener.on(new CatalogRead(catalog));
        }
    }

    private void miss(Throwable cause) {
        missed = true;
        readAgainAfter(RETRY_DELAY.compareTo(lifetime) < 0 ? RETRY_DELAY : lifetime);
        if (!isClosed()) {
            listener.on(new CatalogReadFailed(cause, latest()));
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void readAgainAfter(Duration delay) {
        reading = null;
        cancelTimer.run();
        if (!closed) {
            cancelTimer = ticker.after(delay, this::refresh);
        }
    }

    /** Where catalogs come from. */
    public interface Source {
        /**
         * Reads a catalog: a new one, or the last one while the source considers it young enough. Starts on subscription.
         *
         * @return fails if no catalog can be read now; the message of the failure says why, in words of our own
         */
        Uni<Catalog> read();

        /** Whether {@link #read} would repeat the last catalog. A source that keeps none says yes: its reader decides. */
        default boolean isFresh() {
            return true;
        }
    }
}

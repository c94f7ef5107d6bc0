package io.freerouter.testing;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.CatalogKeeper;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Catalogs in memory, read on manual time. Counts reads. */
public final class ScriptedCatalogs implements CatalogKeeper.Source {
    private final ManualTime time;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger openReads = new AtomicInteger();
    private volatile Supplier<Catalog> next = () -> {
        throw new IllegalStateException("no catalog");
    };
    private volatile long delay;
    private volatile Catalog last;
    private volatile boolean fresh = true;

    public ScriptedCatalogs(ManualTime time) {
        this.time = time;
    }

    /** From now on these models are free, all alike but for their ids, those named first having the larger context. */
    public void free(String... ids) {
        next = () -> catalog(ids);
    }

    /** From now on these models are free. */
    public void free(List<Model> models) {
        next = () -> new Catalog(models, time.now());
    }

    /** From now on no catalog can be read. */
    public void fail() {
        next = () -> {
            throw new IllegalStateException("no catalog");
        };
    }

    /** From now on the last catalog is read again. */
    public void repeats() {
        next = () -> last;
    }

    /** From now on, until one is read, the last catalog is too old. */
    public void expire() {
        fresh = false;
    }

    @Override
    public boolean isFresh() {
        return fresh;
    }

    /** How many milliseconds a read takes from now on; 0 is at once. */
    public void takes(long millis) {
        delay = millis;
    }

    /** How many reads have begun. */
    public int reads() {
        return reads.get();
    }

    /** How many reads are under way. */
    public int openReads() {
        return openReads.get();
    }

    @Override
    public Uni<Catalog> read() {
        return Uni.createFrom().<Catalog>emitter(emitter -> {
            reads.incrementAndGet();
            openReads.incrementAndGet();
            emitter.onTermination(openReads::decrementAndGet);
            if (delay == 0) {
                end(emitter::complete, emitter::fail);
            } else {
                time.after(Duration.ofMillis(delay), () -> end(emitter::complete, emitter::fail));
            }
        });
    }

    private void end(Consumer<Catalog> read, Consumer<Throwable> missed) {
        Catalog catalog;
        try {
            catalog = next.get();
        } catch (IllegalStateException none) {
            missed.accept(none);
            return;
        }
        last = catalog;
        fresh = true;
        read.accept(catalog);
    }

    private Catalog catalog(String... ids) {
        int[] context = {ids.length};
        return new Catalog(
                Stream.of(ids)
                        .map(id -> TestModels.able(new ModelId(id), id, 0, context[0]--, 0, false, 0))
                        .toList(),
                time.now());
    }
}

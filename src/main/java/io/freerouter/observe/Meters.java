package io.freerouter.observe;

import io.freerouter.engine.RouterEvent;
import io.freerouter.engine.RouterEvent.Answered;
import io.freerouter.engine.RouterEvent.Broke;
import io.freerouter.engine.RouterEvent.Cancelled;
import io.freerouter.engine.RouterEvent.CatalogRead;
import io.freerouter.engine.RouterEvent.Charged;
import io.freerouter.engine.RouterEvent.Failed;
import io.freerouter.engine.RouterListener;
import io.freerouter.failure.FailureKind;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what happens to requests, for Prometheus to read. Nothing that came from a caller or an upstream becomes a tag, so
 * that there are only so many meters. Safe to use from any thread.
 */
public final class Meters implements RouterListener {
    private final MeterRegistry registry;
    private final AtomicInteger freeModels;

    /** @param registry where the meters are */
    public Meters(MeterRegistry registry) {
        this.registry = registry;
        this.freeModels = gauge(registry, "freerouter.models.free");
        registry.counter("freerouter.charged.credits");
    }

    /** In place of one that a program before this one left in the same registry, as under {@code quarkus dev}. */
    private static AtomicInteger gauge(MeterRegistry registry, String name) {
        registry.find(name).meters().forEach(registry::remove);
        return registry.gauge(name, new AtomicInteger());
    }

    @Override
    public void on(RouterEvent event) {
        if (event instanceof Answered) {
            attempt("answered");
        } else if (event instanceof Failed failed) {
            attempt(name(failed.failure().kind()));
        } else if (event instanceof Cancelled) {
            attempt("cancelled");
        } else if (event instanceof Broke broke) {
            registry.counter(
                            "freerouter.streams.broken",
                            "cause",
                            name(broke.failure().kind()))
                    .increment();
        } else if (event instanceof Charged charged) {
            registry.counter("freerouter.charged.credits")
                    .increment(charged.amount().doubleValue());
        } else if (event instanceof CatalogRead read) {
            freeModels.set(read.catalog().models().size());
        }
    }

    private void attempt(String outcome) {
        registry.counter("freerouter.attempts", "outcome", outcome).increment();
    }

    private static String name(FailureKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}

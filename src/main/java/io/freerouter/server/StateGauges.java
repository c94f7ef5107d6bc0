package io.freerouter.server;

import io.freerouter.engine.QuotaGate;
import io.freerouter.observe.Gauges;
import io.freerouter.observe.ModelStatusReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Adds the meters that say how things stand, once everything that they look at is there. */
@Singleton
class StateGauges {
    void add(@Observes StartupEvent started, MeterRegistry registry, QuotaGate gate, ModelStatusReader models) {
        Gauges.register(registry, gate, models);
    }
}

package io.freerouter.observe;

import io.freerouter.engine.QuotaGate;
import io.freerouter.routing.QuotaState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Meters that say how things stand when they are read: the account's quota, and how many models may be asked. */
public final class Gauges {
    private final MeterRegistry registry;

    private Gauges(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Adds the gauges, in place of those that a previous run left in the same registry. */
    public static void register(MeterRegistry registry, QuotaGate gate, ModelStatusReader models) {
        Gauges gauges = new Gauges(registry);
        gauges.window("minute", gate, QuotaState::minute);
        gauges.window("day", gate, QuotaState::day);
        gauges.add("freerouter.models.ready", () -> models.pool().ready());
    }

    private void window(String name, QuotaGate gate, Function<QuotaState, QuotaState.Window> window) {
        add("freerouter.quota.used", name, gate, window, QuotaState.Window::used);
        add("freerouter.quota.limit", name, gate, window, state -> orUnknown(state.limit()));
        add("freerouter.quota.remaining", name, gate, window, state -> orUnknown(state.remaining()));
    }

    private void add(
            String name,
            String window,
            QuotaGate gate,
            Function<QuotaState, QuotaState.Window> of,
            ToDoubleFunction<QuotaState.Window> value) {
        add(name, () -> value.applyAsDouble(of.apply(gate.state())), "window", window);
    }

    private void add(String name, Supplier<Number> value, String... tags) {
        registry.find(name).tags(tags).meters().forEach(registry::remove);
        Gauge.builder(name, value).tags(tags).strongReference(true).register(registry);
    }

    /** Prometheus reads NaN as a value that is not there. */
    private static double orUnknown(OptionalLong count) {
        return count.isPresent() ? count.getAsLong() : Double.NaN;
    }
}

package io.freerouter.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Lets the gateway under test send its traces to a {@link Collector}, soon after each request. */
public final class TracedProgram implements QuarkusTestResourceLifecycleManager {
    private Collector collector;
    private Map<String, String> others = Map.of();

    @Override
    public void init(Map<String, String> options) {
        others = options;
    }

    @Override
    public Map<String, String> start() {
        collector = Collector.start();
        Map<String, String> options = new HashMap<>(Map.of(
                "otel.exporter.otlp.endpoint", collector.endpoint(),
                "otel.service.name", "traced",
                "otel.bsp.schedule.delay", "50"));
        options.putAll(others);
        return options;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(collector, new TestInjector.MatchesType(Collector.class));
    }

    @Override
    public void stop() {
        collector.close();
    }
}

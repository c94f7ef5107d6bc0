package io.freerouter.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Starts the gateway under test on a {@link FakeOpenRouter}, with limits short enough to wait for. */
public final class FakeUpstream implements QuarkusTestResourceLifecycleManager {
    /** What no caller and no log may ever see. */
    public static final String KEY = "sk-or-test-0123456789abcdef";

    private FakeOpenRouter upstream;
    private Map<String, String> others = Map.of();

    /** @param options for a test that needs other limits */
    @Override
    public void init(Map<String, String> options) {
        others = options;
    }

    @Override
    public Map<String, String> start() {
        upstream = FakeOpenRouter.start();
        Map<String, String> options = new HashMap<>(standard());
        options.putAll(others);
        return options;
    }

    private Map<String, String> standard() {
        return Map.ofEntries(
                Map.entry("freerouter.upstream.base-url", upstream.baseUrl()),
                Map.entry("freerouter.upstream.api-key", KEY),
                Map.entry("freerouter.upstream.http-referer", "https://example.org/app"),
                Map.entry("freerouter.upstream.x-title", "The Tests"),
                Map.entry("freerouter.catalog.ttl", "100ms"),
                // All tests say the same, so that all would be one conversation.
                Map.entry("freerouter.affinity", "false"),
                Map.entry("freerouter.race.first-token-timeout", "2s"),
                Map.entry("freerouter.race.idle-timeout", "1500ms"),
                Map.entry("freerouter.request-timeout", "3s"),
                Map.entry("freerouter.http.max-body-size", "24M"),
                Map.entry("freerouter.shutdown.timeout", "200ms"),
                Map.entry("quarkus.log.console.level", "ERROR"));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(upstream, new TestInjector.MatchesType(FakeOpenRouter.class));
    }

    @Override
    public void stop() {
        upstream.close();
    }
}

package io.freerouter.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

/** Starts the gateway under test on a {@link RawOpenRouter} with TLS, whose certificate it trusts. */
public final class TlsUpstream implements QuarkusTestResourceLifecycleManager {
    private RawOpenRouter upstream;
    private Map<String, String> trust = Map.of();

    @Override
    public Map<String, String> start() {
        try {
            Path store = TlsStandIn.store(Files.createTempDirectory("tls"));
            upstream = new RawOpenRouter(TlsStandIn.listen(store));
            trust = TlsStandIn.trust(store);
            trust.forEach(System::setProperty);
            Map<String, String> options = new HashMap<>(trust);
            options.put("freerouter.upstream.base-url", "https://localhost:" + upstream.port() + "/api/v1");
            options.put("freerouter.upstream.api-key", FakeUpstream.KEY);
            options.put("freerouter.catalog.ttl", "100ms");
            options.put("freerouter.affinity", "false");
            options.put("freerouter.strategy", "fallback");
            options.put("quarkus.log.console.level", "ERROR");
            return options;
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(upstream, new TestInjector.MatchesType(RawOpenRouter.class));
    }

    @Override
    public void stop() {
        trust.keySet().forEach(System::clearProperty);
        try {
            upstream.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

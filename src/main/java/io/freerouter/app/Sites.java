package io.freerouter.app;

import io.freerouter.demo.DemoWorld;
import io.freerouter.demo.SimulatedOpenRouter;
import io.freerouter.demo.Visitor;
import io.freerouter.openrouter.Secret;
import io.freerouter.openrouter.Site;
import io.freerouter.quarkus.ConfiguredSettings;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Vertx;
import java.net.URI;
import org.jboss.logging.Logger;

/** Chooses who answers, the real OpenRouter or the simulated one, and says so in the log. */
final class Sites {
    private static final Logger LOG = Logger.getLogger("io.freerouter");

    private Sites() {}

    /** The site by the options. If it is the simulated OpenRouter, starts it and waits until it listens. */
    static Site choose(FreeRouterConfig config, Vertx vertx) {
        Site configured = ConfiguredSettings.site(config);
        boolean keyless = configured.key().value().isEmpty();
        if (config.demo().orElse(keyless && LaunchMode.current() == LaunchMode.DEVELOPMENT)) {
            return demo(configured, vertx);
        }
        if (keyless) {
            LOG.warn("OPENROUTER_API_KEY is not set, so chat is refused. Get a free key at https://openrouter.ai/keys,"
                    + " or set FREEROUTER_DEMO=true to try a simulated OpenRouter");
        }
        return configured;
    }

    private static Site demo(Site configured, Vertx vertx) {
        SimulatedOpenRouter simulated = SimulatedOpenRouter.start(vertx, 0, new DemoWorld(), Visitor.NONE)
                .toCompletableFuture()
                .join();
        LOG.warn("DEMO: a simulated OpenRouter answers, no real model. Set OPENROUTER_API_KEY for the real one");
        return configured.at(URI.create(simulated.baseUrl()), new Secret("demo"));
    }
}

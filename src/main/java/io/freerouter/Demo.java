package io.freerouter;

import io.freerouter.demo.DemoWorld;
import io.freerouter.demo.SimulatedOpenRouter;
import io.freerouter.demo.Visitor;
import io.freerouter.openrouter.Secret;
import io.freerouter.openrouter.Site;
import io.vertx.core.Vertx;
import java.net.URI;

/** A simulated OpenRouter of a router's own. It has its own threads: whoever starts it waits, and may be on an event loop. */
record Demo(Vertx vertx, String baseUrl) {
    static Demo start(Vertx vertx) {
        SimulatedOpenRouter server = SimulatedOpenRouter.start(vertx, 0, new DemoWorld(), Visitor.NONE)
                .toCompletableFuture()
                .join();
        return new Demo(vertx, server.baseUrl());
    }

    Site site(Site configured) {
        return configured.at(URI.create(baseUrl), new Secret("demo"));
    }

    void close() {
        vertx.close();
    }
}

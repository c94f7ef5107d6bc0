package io.freerouter.app;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What is added to Quarkus's own routes. */
@Singleton
class Routes {
    /** Before all routes that answer. */
    private static final int FIRST = -1;

    private final Drain drain;

    Routes(Drain drain) {
        this.drain = drain;
    }

    void drain(@Observes Router router) {
        router.route("/v1/*").order(FIRST).handler(drain);
    }

    void leftovers(@Observes Router router) {
        router.route().order(FIRST).handler(new Leftovers());
    }

    /** The short paths of the health checks, next to the ones Quarkus gives them. */
    void shortPaths(@Observes Router router) {
        router.get("/health").handler(request -> request.reroute("/q/health/live"));
        router.get("/health/live").handler(request -> request.reroute("/q/health/live"));
        router.get("/health/ready").handler(request -> request.reroute("/q/health/ready"));
    }
}

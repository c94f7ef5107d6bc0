package io.freerouter.app;

import io.freerouter.engine.QuotaGate;
import io.freerouter.routing.Ticker;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What is added to Quarkus's own routes. */
@Singleton
class Routes {
    private static final String API = "/v1/*";
    /** Before all routes that answer. */
    private static final int FIRST = -1;

    private final QuotaHeaders quotaHeaders;
    private final Drain drain;

    Routes(QuotaGate gate, Ticker ticker, Drain drain) {
        this.quotaHeaders = new QuotaHeaders(gate, ticker);
        this.drain = drain;
    }

    void quotaHeaders(@Observes Router router) {
        router.route(API).order(FIRST).handler(quotaHeaders);
    }

    void drain(@Observes Router router) {
        router.route(API).order(FIRST).handler(drain);
    }

    void leftovers(@Observes Router router) {
        router.route().order(FIRST).handler(new Leftovers());
    }

    /** The short paths of the health checks and the meters, next to the ones Quarkus gives them, which answer any method. */
    void shortPaths(@Observes Router router) {
        router.route("/health").handler(request -> request.reroute("/q/health/live"));
        router.route("/health/live").handler(request -> request.reroute("/q/health/live"));
        router.route("/health/ready").handler(request -> request.reroute("/q/health/ready"));
        router.route("/metrics").handler(request -> request.reroute("/q/metrics"));
    }
}

package io.freerouter.app;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The short paths of the health checks, next to the ones Quarkus gives them. */
@Singleton
class Routes {
    void shortPaths(@Observes Router router) {
        router.get("/health").handler(request -> request.reroute("/q/health/live"));
        router.get("/health/live").handler(request -> request.reroute("/q/health/live"));
        router.get("/health/ready").handler(request -> request.reroute("/q/health/ready"));
    }
}

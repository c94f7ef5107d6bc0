package io.freerouter.server.http;

import io.freerouter.engine.QuotaGate;
import io.freerouter.reply.QuotaJson;
import io.freerouter.routing.Ticker;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Adds to Quarkus' routes what every request passes before a resource sees it, in this order, and the short paths. */
@Singleton
class Routes {
    private static final String API = "/v1/*";
    /** Before all routes of Quarkus that answer. */
    private static final int FIRST = -1000;

    private final ServerOptions options;
    private final QuotaGate gate;
    private final Ticker ticker;
    private final GracefulShutdown drain;
    private final PageRoutes page;
    private final OpenApiRoute openApi;

    Routes(
            ServerOptions options,
            QuotaGate gate,
            Ticker ticker,
            GracefulShutdown drain,
            PageRoutes page,
            OpenApiRoute openApi) {
        this.options = options;
        this.gate = gate;
        this.ticker = ticker;
        this.drain = drain;
        this.page = page;
        this.openApi = openApi;
    }

    void install(@Observes Router router) {
        router.route().order(FIRST).handler(new UnreadBodyHandler());
        router.route().order(FIRST + 1).failureHandler(ErrorSender::sendUnroutable);
        router.route().order(FIRST + 2).handler(new HostAndOriginCheck(options));
        router.route(API).order(FIRST + 3).handler(this::addQuotaHeaders);
        router.route(API).order(FIRST + 4).handler(drain);
        router.route(API).order(FIRST + 5).handler(Routes::ignoreAccept);
        if (options.ui()) {
            page.install(router);
        }
        openApi.install(router);
        shortPath(router, "/health", "/q/health/live");
        shortPath(router, "/health/live", "/q/health/live");
        shortPath(router, "/health/ready", "/q/health/ready");
        shortPath(router, "/metrics", "/q/metrics");
    }

    /** Adds the state of the account's quota to every response of the API, as it is when the response begins. */
    private void addQuotaHeaders(RoutingContext exchange) {
        exchange.addHeadersEndHandler(begun -> QuotaJson.headers(gate.state(), ticker.now())
                .forEach((name, value) -> exchange.response().putHeader(name, value)));
        exchange.next();
    }

    /**
     * Removes the {@code Accept} header. Whether an answer streams is said in the body, and clients send any {@code Accept} with
     * either; a server may answer as if there were none (RFC 9110, 12.5.1).
     */
    private static void ignoreAccept(RoutingContext exchange) {
        exchange.request().headers().remove(HttpHeaders.ACCEPT);
        exchange.next();
    }

    private static void shortPath(Router router, String path, String quarkusPath) {
        router.route(path).handler(exchange -> exchange.reroute(quarkusPath));
    }
}

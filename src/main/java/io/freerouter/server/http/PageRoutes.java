package io.freerouter.server.http;

import io.freerouter.page.Asset;
import io.freerouter.page.Page;
import io.freerouter.page.Page.Visit;
import io.freerouter.page.View;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Serves the page: its views, what they load, and what changes in them. Nothing comes from elsewhere, no cookie is set, and no
 * script or style stands in the HTML, which the content security policy enforces.
 */
@Singleton
final class PageRoutes {
    private static final String HTML = "text/html";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final String ID = "id";

    private final Page page;
    private final LiveViews live;

    PageRoutes(Page page, LiveViews live) {
        this.page = page;
        this.live = live;
    }

    void install(Router router) {
        get(router, "/").handler(exchange -> {
            exchange.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
            if (wantsHtml(exchange.request())) {
                exchange.reroute(View.ROOT);
            } else {
                exchange.next();
            }
        });
        get(router, View.ROOT + "assets/:version/*").handler(PageRoutes::asset);
        get(router, View.ROOT + "charts/data").handler(exchange -> work(exchange, page::charts)
                .onSuccess(json -> send(exchange, 200, "application/json", json)));
        router.get(View.ROOT + "live/:view").handler(exchange -> View.of(exchange.pathParam("view"))
                .ifPresentOrElse(
                        view -> live.open(exchange, visit(view, exchange), address(exchange.request())),
                        exchange::next));
        get(router, View.ROOT + "requests/:id").handler(exchange -> show(View.REQUEST, exchange));
        get(router, "/ui").handler(exchange -> show(View.NOW, exchange));
        for (View view : View.values()) {
            if (view != View.REQUEST) {
                get(router, View.ROOT + view.path()).handler(exchange -> show(view, exchange));
            }
        }
    }

    private static Route get(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    /** Clients of the API accept anything, or JSON; browsers name HTML. */
    private static boolean wantsHtml(HttpServerRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(HTML);
    }

    private void show(View view, RoutingContext exchange) {
        Visit visit = visit(view, exchange);
        String address = address(exchange.request());
        work(exchange, () -> page.whole(visit, address)).onSuccess(found -> {
            if (found.isPresent()) {
                send(exchange, 200, HTML, found.get());
            } else {
                work(exchange, () -> page.missing(address)).onSuccess(html -> send(exchange, 404, HTML, html));
            }
        });
    }

    /** The view with the query's parameters, and with the id of the path. */
    private static Visit visit(View view, RoutingContext exchange) {
        Map<String, String> parameters = new HashMap<>();
        exchange.queryParams().forEach(parameters::put);
        Optional.ofNullable(exchange.pathParam(ID)).ifPresent(id -> parameters.put(ID, id));
        return new Visit(view, parameters);
    }

    /** Where the caller reached the gateway. A proxy in front of it may speak TLS. */
    private static String address(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        String scheme = "https".equals(request.getHeader("X-Forwarded-Proto")) ? "https" : request.scheme();
        return scheme + "://" + (authority == null ? "127.0.0.1" : authority);
    }

    /** Does the work on a worker thread. A failure ends the exchange. */
    private static <T> Future<T> work(RoutingContext exchange, Callable<T> work) {
        return exchange.vertx().executeBlocking(work, false).onFailure(exchange::fail);
    }

    private static void send(RoutingContext exchange, int status, String type, String content) {
        HttpServerResponse response = exchange.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type + "; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff");
        response.end(content);
    }

    /** An asset of another version is answered with the present one: the page that asks is older than the gateway. */
    private static void asset(RoutingContext exchange) {
        String path = exchange.normalizedPath();
        String version = exchange.pathParam("version");
        String name = path.substring((View.ROOT + "assets/" + version + "/").length());
        Optional<Asset> found = Asset.named(name);
        if (found.isEmpty()) {
            exchange.next();
            return;
        }
        Asset asset = found.get();
        HttpServerResponse response = exchange.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, asset.type())
                .putHeader(HttpHeaders.CACHE_CONTROL, version.equals(asset.version()) ? FOR_GOOD : "no-store")
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .putHeader("X-Content-Type-Options", "nosniff");
        String coding = exchange.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        boolean zipped = coding != null && coding.contains("gzip");
        if (zipped) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.end(Buffer.buffer(zipped ? asset.zipped() : asset.bytes()));
    }
}

package io.freerouter.app;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * What still comes of a request that has been answered early is thrown away for a moment, as a sender who is hung up on at
 * once may never see the answer (RFC 9112, 9.6). Then the connection is closed: nobody has to listen for ever. HTTP/2 ends the
 * one exchange by itself, and has no word for the connection (RFC 9113, 8.2.2).
 */
final class Leftovers implements Handler<RoutingContext> {
    private static final long MILLIS = 2000;
    private static final int TOO_LARGE = 413;

    @Override
    public void handle(RoutingContext exchange) {
        exchange.addHeadersEndHandler(begun -> announce(exchange));
        exchange.addEndHandler(answered -> discard(exchange));
        exchange.next();
    }

    /** Where the rest of a body is unwanted, the connection is of no further use. */
    private static void announce(RoutingContext exchange) {
        boolean unwanted = exchange.response().getStatusCode() == TOO_LARGE
                && !exchange.request().isEnded();
        if (unwanted && !isShared(exchange.request())) {
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    private static void discard(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (request.isEnded() || exchange.response().closed()) {
            return;
        }
        request.handler(unwanted -> {});
        if (!isShared(request)) {
            long hangUp = exchange.vertx()
                    .setTimer(MILLIS, passed -> request.connection().close());
            request.endHandler(all -> exchange.vertx().cancelTimer(hangUp));
        }
        request.resume();
    }

    /** Whether other exchanges have the same connection. */
    private static boolean isShared(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2;
    }
}

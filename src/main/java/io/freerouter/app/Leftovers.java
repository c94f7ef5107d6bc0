package io.freerouter.app;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * What still comes of a request that has been answered early is thrown away for a moment, as a sender who is hung up on at
 * once may never see the answer (RFC 9112, 9.6). Then the connection is closed: nobody has to listen for ever.
 */
final class Leftovers implements Handler<RoutingContext> {
    private static final long MILLIS = 2000;

    @Override
    public void handle(RoutingContext exchange) {
        exchange.addEndHandler(answered -> discard(exchange));
        exchange.next();
    }

    private static void discard(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (request.isEnded() || exchange.response().closed()) {
            return;
        }
        request.handler(unwanted -> {});
        if (request.version() != HttpVersion.HTTP_2) {
            long hangUp = exchange.vertx()
                    .setTimer(MILLIS, passed -> request.connection().close());
            request.endHandler(all -> exchange.vertx().cancelTimer(hangUp));
        }
        request.resume();
    }
}

package io.freerouter.server.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Ends exchanges whose response is sent before the request has been read. The rest of the request is read and thrown away,
 * because a sender whose connection is closed while it still sends may never see the response (RFC 9112, 9.6). A sender that
 * is silent for two seconds, or needs more than thirty, is disconnected. An HTTP/2 stream ends by itself, and other streams
 * share its connection.
 */
final class UnreadBodyHandler implements Handler<RoutingContext> {
    static final long SILENCE_MILLIS = 2000;
    private static final int MOST_ROUNDS = 15;
    private static final String RECEIVED = UnreadBodyHandler.class.getName();
    private static final String CLOSE = UnreadBodyHandler.class.getName() + ".close";

    /**
     * Installs the handlers of an exchange. A rerouted exchange passes here again: Vert.x has then forgotten what is to be
     * done before the headers, but not what is to be done at the end.
     */
    @Override
    public void handle(RoutingContext exchange) {
        observe(exchange);
        exchange.next();
    }

    /** Installs the handlers of an exchange that does not pass the routes in their order. */
    static void observe(RoutingContext exchange) {
        if (!isShared(exchange.request())
                && HttpPipeliningHandler.watch(exchange.request().connection())) {
            closeAfter(exchange);
        }
        exchange.addHeadersEndHandler(begun -> announceClose(exchange));
        if (exchange.get(RECEIVED) == null) {
            exchange.put(RECEIVED, received(exchange.request()));
            exchange.addEndHandler(answered -> finish(exchange));
        }
    }

    /**
     * Completes when all of a request has been received. Has to be asked for before the request is read: Vert.x does not
     * tell later, and calls a request that is paused unfinished even if all of it has been read.
     */
    private static Future<Void> received(HttpServerRequest request) {
        return request.isEnded() ? Future.succeededFuture() : request.end();
    }

    /** Has the connection closed after the response. */
    static void closeAfter(RoutingContext exchange) {
        exchange.put(CLOSE, true);
    }

    /** A caller who waits for {@code 100 Continue} sends its next request where this body would have been. */
    private static void announceClose(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        boolean waits = request.headers().contains(HttpHeaders.EXPECT) && !isReceived(exchange);
        if (!isShared(request) && (waits || exchange.get(CLOSE) != null)) {
            closeAfter(exchange);
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    private static boolean isReceived(RoutingContext exchange) {
        Future<Void> received = exchange.get(RECEIVED);
        return received.isComplete();
    }

    /** On the request's own event loop, because resources may end a response on another thread. */
    private static void finish(RoutingContext exchange) {
        boolean close = exchange.get(CLOSE) != null;
        if (!close && isReceived(exchange)) {
            return;
        }
        Vertx vertx = exchange.vertx();
        vertx.getOrCreateContext()
                .runOnContext(turn -> discard(vertx, exchange.request(), exchange.get(RECEIVED), close));
    }

    /** Reads the rest of a request. Then the connection is closed if asked for, or if the rest does not come. */
    private static void discard(Vertx vertx, HttpServerRequest request, Future<Void> received, boolean close) {
        HttpConnection connection = request.connection();
        Sender sender = new Sender();
        if (!received.isComplete()) {
            request.handler(unwanted -> sender.sends());
            request.exceptionHandler(disconnected -> {});
            request.resume();
        }
        if (isShared(request)) {
            return;
        }
        long timer = received.isComplete()
                ? -1
                : vertx.setPeriodic(SILENCE_MILLIS, tick -> {
                    if (sender.isTooSlow()) {
                        vertx.cancelTimer(tick);
                        connection.close();
                    }
                });
        received.onComplete(all -> {
            vertx.cancelTimer(timer);
            if (close) {
                connection.close();
            }
        });
    }

    /** The sender of a request's rest, which nobody needs. Confined to one event loop. */
    static final class Sender {
        private boolean isSending;
        private int rounds;

        /** Something has come. */
        void sends() {
            isSending = true;
        }

        /** Asked once every {@link #SILENCE_MILLIS}. */
        boolean isTooSlow() {
            boolean tooSlow = !isSending || ++rounds >= MOST_ROUNDS;
            isSending = false;
            return tooSlow;
        }
    }

    /** Whether other exchanges have the same connection. */
    private static boolean isShared(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2;
    }
}

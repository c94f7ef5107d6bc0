package io.freerouter.server.http;

import io.freerouter.reply.RefusalWriter;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Refuses new requests once the program has been told to stop. Quarkus waits for the requests that are running, and closes
 * the connection after each response. A caller that is still sending its body when the connection is closed may never see the
 * response (RFC 9112, 9.6). So the body is read for up to two seconds before the request is refused.
 */
@Singleton
class GracefulShutdown implements Handler<RoutingContext> {
    private static final long MILLIS = 2000;

    private volatile boolean begun;

    void begin(@Observes ShutdownDelayInitiatedEvent stopping) {
        begun = true;
    }

    @Override
    public void handle(RoutingContext exchange) {
        if (!begun) {
            exchange.next();
        } else if (isWhole(exchange.request())) {
            ErrorSender.send(exchange, RefusalWriter.shuttingDown());
        } else {
            refuseWhenRead(exchange);
        }
    }

    /** Whether nothing more of the request will come. A caller that waits for {@code 100 Continue} sends no body before the response. */
    private static boolean isWhole(HttpServerRequest request) {
        return request.isEnded() || request.headers().contains(HttpHeaders.EXPECT);
    }

    private static void refuseWhenRead(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        Runnable refuse = () -> ErrorSender.send(exchange, RefusalWriter.shuttingDown());
        long timer = exchange.vertx().setTimer(MILLIS, passed -> refuse.run());
        request.handler(unwanted -> {});
        request.exceptionHandler(disconnected -> {});
        request.end().onComplete(ended -> {
            exchange.vertx().cancelTimer(timer);
            refuse.run();
        });
        request.resume();
    }
}

package io.freerouter.app;

import io.freerouter.wire.AnthropicErrors;
import io.freerouter.wire.ErrorReply;
import io.freerouter.wire.RefusalWriter;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Refuses what comes once the program has been told to stop; what has begun is finished, for which Quarkus waits. The body
 * of such a request is taken in first, for a moment: Quarkus closes the connection with the response, and a sender who is
 * still sending then may never see it (RFC 9112, 9.6).
 */
@Singleton
class Drain implements Handler<RoutingContext> {
    private static final String ANTHROPIC = "/v1/messages";
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
            refuse(exchange);
        } else {
            takeIn(exchange);
        }
    }

    /** Whether there is nothing to wait for: a sender who waits for a go-ahead sends nothing before the answer. */
    private static boolean isWhole(HttpServerRequest request) {
        return request.isEnded() || request.headers().contains("Expect");
    }

    private static void takeIn(RoutingContext exchange) {
        long enough = exchange.vertx().setTimer(MILLIS, passed -> refuse(exchange));
        exchange.request()
                .handler(unwanted -> {})
                .endHandler(all -> {
                    exchange.vertx().cancelTimer(enough);
                    refuse(exchange);
                })
                .resume();
    }

    private static void refuse(RoutingContext exchange) {
        HttpServerResponse response = exchange.response();
        if (response.ended() || response.closed()) {
            return;
        }
        ErrorReply shuttingDown = RefusalWriter.shuttingDown();
        boolean anthropic = exchange.request().path().startsWith(ANTHROPIC);
        ErrorReply reply = anthropic ? AnthropicErrors.of(shuttingDown) : shuttingDown;
        reply.headers().forEach(response::putHeader);
        response.setStatusCode(reply.status())
                .putHeader("Content-Type", reply.contentType())
                .end(reply.body());
    }
}

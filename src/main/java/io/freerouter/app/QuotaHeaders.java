package io.freerouter.app;

import io.freerouter.engine.QuotaGate;
import io.freerouter.routing.Ticker;
import io.freerouter.wire.QuotaWriter;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Adds to every answer, whoever gives it, how much of the account's quota is used up when it begins. */
final class QuotaHeaders implements Handler<RoutingContext> {
    private final QuotaGate gate;
    private final Ticker ticker;

    QuotaHeaders(QuotaGate gate, Ticker ticker) {
        this.gate = gate;
        this.ticker = ticker;
    }

    @Override
    public void handle(RoutingContext exchange) {
        exchange.addHeadersEndHandler(begun -> add(exchange));
        exchange.next();
    }

    private void add(RoutingContext exchange) {
        QuotaWriter.headers(gate.state(), ticker.now())
                .forEach((name, value) -> exchange.response().putHeader(name, value));
    }
}

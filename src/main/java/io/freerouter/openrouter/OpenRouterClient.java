package io.freerouter.openrouter;

import io.freerouter.catalog.CatalogRules;
import io.freerouter.engine.Upstream;
import io.freerouter.routing.Ticker;
import io.vertx.core.Vertx;

/**
 * OpenRouter over one set of HTTP clients, for any number of accounts: all that the library needs. Safe to use from any thread.
 */
public final class OpenRouterClient {
    private final Vertx vertx;
    private final UpstreamEndpoint endpoint;
    private final Ticker ticker;
    private final EventLoopClients clients;
    private final CatalogAndAccountReader reader;

    /**
     * Makes its own HTTP clients on {@code vertx}.
     *
     * @param rules which of the free models are wanted
     */
    public OpenRouterClient(Vertx vertx, UpstreamEndpoint endpoint, CatalogRules rules, Ticker ticker) {
        this.vertx = vertx;
        this.endpoint = endpoint;
        this.ticker = ticker;
        this.clients = new EventLoopClients(vertx, endpoint, ticker);
        this.reader = new CatalogAndAccountReader(
                new VertxHttpGet(vertx, endpoint, ticker, clients, CatalogAndAccountReader.HttpGet.RETRIES),
                endpoint,
                rules,
                ticker);
    }

    /** Answers on the account that this key belongs to. */
    public Upstream chat(Secret key) {
        return new OpenRouterUpstream(vertx, endpoint.withKey(key), ticker, clients);
    }

    /** The lists of models, and the states of accounts. */
    public CatalogAndAccountReader reader() {
        return reader;
    }

    /** Closes the HTTP clients, and with them every call under way. */
    public void close() {
        clients.close();
    }
}

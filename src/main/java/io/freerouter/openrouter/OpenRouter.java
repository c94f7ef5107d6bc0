package io.freerouter.openrouter;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.FreePolicy;
import io.freerouter.engine.AccountSource;
import io.freerouter.engine.CatalogSource;
import io.freerouter.engine.Upstream;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Map;

/**
 * All of OpenRouter over one set of HTTP clients, for any number of accounts: what the library needs, without a REST Client.
 * Safe to use from any thread.
 */
public final class OpenRouter {
    private final Vertx vertx;
    private final Site site;
    private final Ticker ticker;
    private final LoopClients clients;
    private final WholeReads reads;

    /** Makes its own HTTP clients on {@code vertx}. */
    public OpenRouter(Vertx vertx, Site site, Ticker ticker) {
        this.vertx = vertx;
        this.site = site;
        this.ticker = ticker;
        this.clients = new LoopClients(vertx, site.baseUrl(), site.connectTimeout());
        this.reads = new WholeReads(vertx, site, ticker, clients);
    }

    /** Chat completions on the account of this key. */
    public Upstream chat(Secret key) {
        return new OpenRouterUpstream(vertx, site.withKey(key), ticker, clients);
    }

    /** What is free by this policy. */
    public CatalogSource catalog(FreePolicy policy) {
        return () -> reads.read("/models", Map.of(), ListingReader.MAX_BYTES).map(body -> catalog(policy, body));
    }

    private Catalog catalog(FreePolicy policy, byte[] listings) {
        Instant now = ticker.now();
        return new Catalog(policy.models(ListingReader.read(listings), now), now);
    }

    /** The account of this key. */
    public AccountSource account(Secret key) {
        return () -> key.value().isBlank()
                ? Uni.createFrom().failure(new UnreadableAccount("There is no key to ask about"))
                : reads.read("/key", Map.of("Authorization", "Bearer " + key.value()), KeyReader.MAX_BYTES)
                        .map(KeyReader::read);
    }

    /** Closes the HTTP clients, and with them every call under way. */
    public void close() {
        clients.close();
    }
}

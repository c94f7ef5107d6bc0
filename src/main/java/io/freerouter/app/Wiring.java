package io.freerouter.app;

import io.freerouter.assembly.Assembly;
import io.freerouter.assembly.Settings;
import io.freerouter.assembly.VertxTicker;
import io.freerouter.catalog.FreePolicy;
import io.freerouter.engine.AccountKeeper;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.Embeddings;
import io.freerouter.engine.ModelHealth;
import io.freerouter.engine.QuotaGate;
import io.freerouter.engine.Router;
import io.freerouter.engine.RouterListener;
import io.freerouter.http.AgentOptions;
import io.freerouter.http.MaxBodySize;
import io.freerouter.http.StreamOptions;
import io.freerouter.observe.LogLines;
import io.freerouter.observe.Meters;
import io.freerouter.openrouter.OpenRouterUpstream;
import io.freerouter.openrouter.Site;
import io.freerouter.quarkus.ConfiguredSettings;
import io.freerouter.routing.PaceRules;
import io.freerouter.routing.Quota;
import io.freerouter.routing.Ticker;
import io.freerouter.wire.RequestReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Where the server's pieces are put together: the engine's by the {@link Assembly} that it shares with the library. */
@Singleton
class Wiring {
    private static final long READ_TIMEOUT_SECONDS = 10;

    private final FreeRouterConfig config;
    private final Settings settings;

    Wiring(FreeRouterConfig config) {
        this.config = config;
        this.settings = ConfiguredSettings.of(config);
    }

    @Produces
    @Singleton
    Ticker ticker(Vertx vertx) {
        return new VertxTicker(vertx);
    }

    @Produces
    @Singleton
    RouterListener listener(MeterRegistry registry) {
        return RouterListener.all(List.of(new LogLines(), new Meters(registry)));
    }

    @Produces
    @Singleton
    Assembly assembly(Ticker ticker, RouterListener listener) {
        return new Assembly(settings, ticker, listener);
    }

    @Produces
    @Singleton
    Site site(Vertx vertx) {
        return Sites.choose(config, vertx);
    }

    @Produces
    @Singleton
    OpenRouterApi openRouter(Site site) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(site.baseUrl())
                .connectTimeout(Math.min(site.connectTimeout().toMillis(), Integer.MAX_VALUE), TimeUnit.MILLISECONDS)
                .readTimeout(READ_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .build(OpenRouterApi.class);
    }

    @Produces
    @Singleton
    FreePolicy freePolicy(Assembly assembly) {
        return assembly.policy();
    }

    @Produces
    @Singleton
    ModelHealth health(Assembly assembly) {
        return assembly.health();
    }

    @Produces
    @Singleton
    Quota quota(Assembly assembly, Site site) {
        return assembly.quota(site);
    }

    @Produces
    @Singleton
    AccountKeeper account(AccountReadings source, Quota quota, Ticker ticker) {
        return new AccountKeeper(source, quota, ticker);
    }

    @Produces
    @Singleton
    QuotaGate gate(Assembly assembly, Quota quota, AccountKeeper account) {
        return assembly.gate(quota, account);
    }

    @Produces
    @Singleton
    CatalogKeeper catalogs(Assembly assembly, FreeModels source, ModelHealth health) {
        return assembly.catalogs(source, health);
    }

    @Produces
    @Singleton
    OpenRouterUpstream upstream(Vertx vertx, Site site, Ticker ticker) {
        return new OpenRouterUpstream(vertx, site, ticker);
    }

    @Produces
    @Singleton
    Router router(
            Assembly assembly,
            CatalogKeeper catalogs,
            OpenRouterUpstream upstream,
            ModelHealth health,
            QuotaGate gate) {
        return assembly.router(catalogs, upstream, health, gate);
    }

    @Produces
    @Singleton
    Embeddings embeddings(
            Assembly assembly,
            EmbeddingModels source,
            OpenRouterUpstream upstream,
            ModelHealth health,
            QuotaGate gate) {
        return assembly.embeddings(source, upstream, health, gate);
    }

    @Produces
    @Singleton
    PaceRules paceRules() {
        return settings.paces();
    }

    @Produces
    @Singleton
    RequestReader requestReader() {
        return new RequestReader(settings.requests());
    }

    @Produces
    @Singleton
    StreamOptions streamOptions() {
        return new StreamOptions(config.stream().keepAliveAfter());
    }

    @Produces
    @Singleton
    AgentOptions agentOptions() {
        return new AgentOptions(config.agents().housekeeping());
    }

    @Produces
    @Singleton
    MaxBodySize maxBodySize() {
        return new MaxBodySize(config.http().maxBodySize());
    }
}

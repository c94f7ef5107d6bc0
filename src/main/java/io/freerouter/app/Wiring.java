package io.freerouter.app;

import io.freerouter.app.FreeRouterConfig.CatalogOptions;
import io.freerouter.app.FreeRouterConfig.CooldownOptions;
import io.freerouter.app.FreeRouterConfig.QuotaOptions;
import io.freerouter.app.FreeRouterConfig.RaceOptions;
import io.freerouter.catalog.CatalogRules;
import io.freerouter.catalog.FreePolicy;
import io.freerouter.engine.AccountKeeper;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.ModelHealth;
import io.freerouter.engine.QuotaGate;
import io.freerouter.engine.Router;
import io.freerouter.engine.RouterListener;
import io.freerouter.engine.RouterRules;
import io.freerouter.http.AgentOptions;
import io.freerouter.http.MaxBodySize;
import io.freerouter.http.StreamOptions;
import io.freerouter.observe.LogLines;
import io.freerouter.observe.Meters;
import io.freerouter.openrouter.OpenRouterApi;
import io.freerouter.openrouter.OpenRouterUpstream;
import io.freerouter.openrouter.Site;
import io.freerouter.routing.Conversations;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.Experience;
import io.freerouter.routing.Pace;
import io.freerouter.routing.PaceRules;
import io.freerouter.routing.Quota;
import io.freerouter.routing.QuotaRules;
import io.freerouter.routing.RaceRules;
import io.freerouter.routing.Ticker;
import io.freerouter.wire.RequestReader;
import io.freerouter.wire.RequestRules;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The one place where the pieces are put together. */
@Singleton
class Wiring {
    private static final long READ_TIMEOUT_SECONDS = 10;

    private final FreeRouterConfig config;

    Wiring(FreeRouterConfig config) {
        this.config = config;
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
    Site site(Vertx vertx) {
        return Sites.choose(config, vertx);
    }

    @Produces
    @Singleton
    OpenRouterApi openRouter(Site site) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(site.baseUrl())
                .connectTimeout(site.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(READ_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .build(OpenRouterApi.class);
    }

    @Produces
    @Singleton
    FreePolicy freePolicy() {
        CatalogOptions catalog = config.catalog();
        return new FreePolicy(new CatalogRules(
                catalog.previews(),
                catalog.allow().orElse(List.of()),
                catalog.deny().orElse(List.of())));
    }

    @Produces
    @Singleton
    ModelHealth health(Ticker ticker) {
        CooldownOptions rests = config.cooldown();
        CooldownRules rules = new CooldownRules(rests.duration(), rests.timeout(), rests.unsuited(), rests.max());
        return new ModelHealth(
                new Cooldowns(rules, () -> ThreadLocalRandom.current().nextDouble()), new Experience(), ticker);
    }

    @Produces
    @Singleton
    Quota quota(Site site) {
        OptionalLong known = site.isOpenRouter() ? OptionalLong.of(QuotaRules.FREE_MINUTE) : OptionalLong.empty();
        QuotaOptions options = config.quota();
        return new Quota(new QuotaRules(
                options.requestsPerMinute().map(OptionalLong::of).orElse(known),
                options.requestsPerDay().map(OptionalLong::of).orElse(OptionalLong.empty())));
    }

    @Produces
    @Singleton
    AccountKeeper account(AccountReadings source, Quota quota, Ticker ticker) {
        return new AccountKeeper(source, quota, ticker);
    }

    @Produces
    @Singleton
    QuotaGate gate(Quota quota, AccountKeeper account, Ticker ticker, RouterListener listener) {
        return new QuotaGate(quota, account, config.quota().maxWait(), ticker, listener);
    }

    @Produces
    @Singleton
    CatalogKeeper catalogs(FreeModels source, Ticker ticker, ModelHealth health, RouterListener listener) {
        return new CatalogKeeper(source, config.catalog().ttl(), ticker, health.hearingBefore(listener));
    }

    @Produces
    @Singleton
    Router router(
            CatalogKeeper catalogs,
            Site site,
            Vertx vertx,
            ModelHealth health,
            QuotaGate gate,
            Ticker ticker,
            RouterListener listener) {
        return new Router(
                catalogs,
                new OpenRouterUpstream(vertx, site, ticker),
                health,
                gate,
                new Conversations(),
                new RouterRules(config.order(), raceRules(), config.affinity(), config.shareIdentical()),
                ticker,
                listener);
    }

    @Produces
    @Singleton
    PaceRules paceRules() {
        RaceOptions race = config.race();
        Pace preset = config.strategy().pace();
        Pace standard = new Pace(
                race.width().orElse(preset.width()),
                race.hedgeDelay().orElse(preset.streamDelay()),
                race.hedgeDelay().orElse(preset.wholeDelay()));
        return new PaceRules(standard, race.maxWidth());
    }

    @Produces
    @Singleton
    RequestReader requestReader() {
        return new RequestReader(
                new RequestRules(config.guard().maxPrice(), config.privacy().dataCollection()));
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

    private RaceRules raceRules() {
        RaceOptions race = config.race();
        return new RaceRules(
                race.maxAttempts(),
                race.firstTokenTimeout(),
                config.requestTimeout(),
                race.idleTimeout(),
                race.minHedgeDelay());
    }
}

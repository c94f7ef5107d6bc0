package io.freerouter.server;

import io.freerouter.cdi.ConfiguredSettings;
import io.freerouter.demo.DemoResponder;
import io.freerouter.demo.RequestListener;
import io.freerouter.demo.SimulatedOpenRouter;
import io.freerouter.engine.AccountKeeper;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.Embeddings;
import io.freerouter.engine.QuotaGate;
import io.freerouter.engine.RequestTrace;
import io.freerouter.engine.Router;
import io.freerouter.engine.RouterListener;
import io.freerouter.gateway.Gateway;
import io.freerouter.gateway.VertxTicker;
import io.freerouter.observe.BodyLog;
import io.freerouter.observe.LogLines;
import io.freerouter.observe.Meters;
import io.freerouter.observe.ModelStatusReader;
import io.freerouter.observe.RequestHistory;
import io.freerouter.observe.RequestLog;
import io.freerouter.openrouter.CatalogAndAccountReader;
import io.freerouter.openrouter.OpenRouterUpstream;
import io.freerouter.openrouter.Secret;
import io.freerouter.openrouter.UpstreamEndpoint;
import io.freerouter.openrouter.UpstreamProxy;
import io.freerouter.page.Page;
import io.freerouter.page.PageData;
import io.freerouter.page.PageOptions;
import io.freerouter.request.RequestReader;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.Strategy;
import io.freerouter.routing.Ticker;
import io.freerouter.server.FreeRouterConfig.HttpOptions;
import io.freerouter.server.http.ServerOptions;
import io.freerouter.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.proxy.ProxyType;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Makes the server's beans: the {@link Gateway} with all that it needs, its parts, and the options of the HTTP side. */
@Singleton
class BeanProducers {
    private static final Logger LOG = Logger.getLogger("io.freerouter");

    /** A body is held up to twice while a model is asked, and once more for each further model that is asked beside. */
    private static final long BODIES_SHARE_OF_HEAP = 4;

    private final FreeRouterConfig config;
    private final Settings settings;
    /** The history looks at the quota, and the quota's parts notify the history. */
    private volatile QuotaGate gate;

    BeanProducers(FreeRouterConfig config) {
        this.config = config;
        this.settings = ConfiguredSettings.of(config);
    }

    @Produces
    @Singleton
    Ticker ticker(Vertx vertx) {
        return new VertxTicker(vertx);
    }

    /** Keeps nothing, and is notified of nothing, if neither the page nor a log nor a trace wants it. */
    @Produces
    @Singleton
    @Typed(RequestHistory.class)
    RequestHistory history(Ticker ticker, Traces traces) {
        boolean ui = config.ui().enabled();
        RequestHistory history =
                new RequestHistory(ui ? config.ui().requests() : 0, ticker, () -> Optional.ofNullable(gate)
                        .map(QuotaGate::state));
        config.log().requests().ifPresent(json -> history.logTo(new RequestLog()));
        traces.recorder().ifPresent(history::logTo);
        return history;
    }

    @Produces
    @Singleton
    BodyLog bodyLog() {
        boolean enabled = config.ui().enabled() && config.log().bodies();
        if (enabled) {
            LOG.warn(
                    "freerouter.log.bodies is on: the texts of requests and answers are kept in memory and shown by the"
                            + " gateway's page to everybody who can open it");
        }
        return new BodyLog(enabled);
    }

    @Produces
    @Singleton
    ModelStatusReader modelsStatus(Gateway gateway, RequestHistory history, Ticker ticker) {
        return new ModelStatusReader(
                gateway.models().catalogs(),
                gateway.router(),
                gateway.models().health(),
                settings.order(),
                history,
                ticker);
    }

    @Produces
    @Singleton
    Page page(PageData data, UpstreamEndpoint endpoint) {
        boolean demo = isSimulated(settings.upstream().endpoint());
        return new Page(
                data,
                new PageOptions(
                        demo,
                        endpoint.key().value().isEmpty(),
                        config.ui().enabled() && config.log().bodies(),
                        config.ui().requests(),
                        config.strategy().orElse(Strategy.HEDGE).name().toLowerCase(Locale.ROOT),
                        ZoneId.systemDefault()));
    }

    @Produces
    @Singleton
    RouterListener listener(
            MeterRegistry registry, RequestHistory history, Traces traces, StateLifecycle stateLifecycle) {
        List<RouterListener> listeners = new ArrayList<>(List.of(new LogLines(), new Meters(registry)));
        stateLifecycle.listener().ifPresent(listeners::add);
        if (config.ui().enabled()
                || config.log().requests().isPresent()
                || traces.recorder().isPresent()) {
            listeners.add(history);
        }
        return RouterListener.all(listeners);
    }

    @Produces
    @Singleton
    RequestTrace.Source traceSource(Traces traces) {
        return traces.source();
    }

    @Produces
    @Singleton
    UpstreamEndpoint endpoint(Vertx vertx) {
        UpstreamEndpoint configured = settings.upstream().endpoint();
        if (isSimulated(configured)) {
            LOG.warn("DEMO: a simulated OpenRouter answers, no real model. Run 'freerouter login' or set"
                    + " OPENROUTER_API_KEY for the real one");
            return simulated(configured, vertx);
        }
        if (configured.key().value().isEmpty()) {
            LOG.warn("There is no OpenRouter key, so chat is refused. Run 'freerouter login', or get a free key at"
                    + " https://openrouter.ai/keys and set OPENROUTER_API_KEY, or set FREEROUTER_DEMO=true to try a"
                    + " simulated OpenRouter");
        }
        return configured;
    }

    /** Whether the simulated OpenRouter answers. */
    private boolean isSimulated(UpstreamEndpoint configured) {
        boolean keyless = configured.key().value().isEmpty();
        return config.demo().orElse(keyless && LaunchMode.current() == LaunchMode.DEVELOPMENT);
    }

    /** Starts the simulated OpenRouter, and waits until it listens. */
    private static UpstreamEndpoint simulated(UpstreamEndpoint configured, Vertx vertx) {
        SimulatedOpenRouter simulated = SimulatedOpenRouter.start(vertx, 0, new DemoResponder(), RequestListener.NONE)
                .toCompletableFuture()
                .join();
        return configured.at(URI.create(simulated.baseUrl()), new Secret("demo"));
    }

    @Produces
    @Singleton
    OpenRouterApi openRouter(UpstreamEndpoint endpoint) {
        QuarkusRestClientBuilder client = QuarkusRestClientBuilder.newBuilder();
        endpoint.proxy().ifPresent(proxy -> through(proxy, client));
        return client.baseUri(endpoint.baseUrl())
                .connectTimeout(
                        Math.min(endpoint.connectTimeout().toMillis(), Integer.MAX_VALUE), TimeUnit.MILLISECONDS)
                .readTimeout(CatalogAndAccountReader.HttpGet.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .disableDefaultMapper(true)
                .build(OpenRouterApi.class);
    }

    private static void through(UpstreamProxy proxy, QuarkusRestClientBuilder client) {
        client.proxyAddress(proxy.host(), proxy.port())
                .proxyType(ProxyType.valueOf(proxy.type().name()));
        if (!proxy.user().isEmpty()) {
            client.proxyUser(proxy.user()).proxyPassword(proxy.password().value());
        }
    }

    @Produces
    @Singleton
    OpenRouterUpstream upstream(Vertx vertx, UpstreamEndpoint endpoint, Ticker ticker) {
        return new OpenRouterUpstream(vertx, endpoint, ticker);
    }

    @Produces
    @Singleton
    CatalogAndAccountReader reader(RestClientHttpGet get, UpstreamEndpoint endpoint, Ticker ticker) {
        return new CatalogAndAccountReader(get, endpoint, settings.catalog().rules(), ticker);
    }

    /** Everything that answers requests; the beans below are its parts. */
    @Produces
    @Singleton
    Gateway gateway(
            OpenRouterUpstream upstream,
            UpstreamEndpoint endpoint,
            CachedCatalog models,
            CatalogAndAccountReader reader,
            Ticker ticker,
            RouterListener listener,
            StateLifecycle stateLifecycle) {
        Gateway.Sources sources = new Gateway.Sources(
                models,
                reader::embeddingModels,
                () -> reader.account(endpoint.key()).invoke(stateLifecycle::changed),
                upstream);
        Gateway gateway = Gateway.assemble(settings, endpoint, sources, ticker, listener);
        gate = gateway.quota();
        return gateway;
    }

    @Produces
    @Singleton
    CatalogKeeper catalogs(Gateway gateway) {
        return gateway.models().catalogs();
    }

    @Produces
    @Singleton
    AccountKeeper account(Gateway gateway) {
        return gateway.account();
    }

    @Produces
    @Singleton
    QuotaGate quota(Gateway gateway) {
        return gateway.quota();
    }

    @Produces
    @Singleton
    Router router(Gateway gateway) {
        return gateway.router();
    }

    @Produces
    @Singleton
    Embeddings embeddings(Gateway gateway) {
        return gateway.embeddings();
    }

    @Produces
    @Singleton
    Settings settings() {
        return settings;
    }

    @Produces
    @Singleton
    HedgingPolicy.Limits hedgingLimits() {
        return settings.hedgingLimits();
    }

    @Produces
    @Singleton
    RequestReader requestReader() {
        return new RequestReader(settings.upstream().rules(), settings.verification());
    }

    @Produces
    @Singleton
    ServerOptions serverOptions() {
        HttpOptions http = config.http();
        return new ServerOptions(
                http.host(),
                http.allowedHosts().orElse(List.of()),
                http.corsOrigins().orElse(List.of()),
                http.maxBodySize(),
                http.maxBodiesMemory().orElse(Runtime.getRuntime().maxMemory() / BODIES_SHARE_OF_HEAP),
                http.bodyTimeout(),
                config.stream().keepAliveAfter(),
                config.agents().housekeeping(),
                config.ui().enabled());
    }
}

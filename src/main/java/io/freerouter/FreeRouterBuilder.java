package io.freerouter;

import io.freerouter.assembly.Settings;
import io.freerouter.engine.RouterListener;
import io.freerouter.engine.RouterRules;
import io.freerouter.openrouter.Site;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Strategy;
import io.freerouter.wire.DataCollection;
import io.freerouter.wire.PriceGuard;
import io.freerouter.wire.RequestRules;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sets up a {@link FreeRouter}. What is not set is as in the server: each option is one of its {@code freerouter.*}, by the
 * same name. Not for use by several threads at once.
 */
public final class FreeRouterBuilder {
    private final UpstreamOptions upstream = new UpstreamOptions();
    private final CatalogOptions catalog = new CatalogOptions();
    private final RaceOptions race = new RaceOptions();
    private final CooldownOptions cooldown = new CooldownOptions();
    private final QuotaOptions quota = new QuotaOptions();
    private final Surroundings surroundings = new Surroundings();
    private Strategy strategy = Strategy.HEDGE;
    private OrderPolicy order = OrderPolicy.CONTEXT;
    private Duration requestTimeout = Duration.ofSeconds(120);
    private boolean affinity = true;
    private boolean shareIdentical;
    private PriceGuard maxPrice = PriceGuard.UNSUFFIXED;
    private DataCollection dataCollection = DataCollection.ALLOW;
    private Optional<Configured> configured = Optional.empty();

    /** Options that have been read elsewhere. */
    private record Configured(Site site, Settings settings) {}

    FreeRouterBuilder() {}

    /**
     * The OpenRouter key. Without one every chat fails with {@link NotConfiguredException} that brings none of its own.
     *
     * @param key such as {@code sk-or-...}; blank for none
     * @return this
     */
    public FreeRouterBuilder apiKey(String key) {
        upstream.apiKey(key);
        return this;
    }

    /**
     * Where OpenRouter's API, or a stand-in's, is.
     *
     * @param url such as {@code https://openrouter.ai/api/v1}, which it is unless set
     * @return this
     */
    public FreeRouterBuilder baseUrl(String url) {
        upstream.baseUrl(url);
        return this;
    }

    /**
     * More of the upstream.
     *
     * @param set sets it
     * @return this
     */
    public FreeRouterBuilder upstream(Consumer<UpstreamOptions> set) {
        set.accept(upstream);
        return this;
    }

    /**
     * What the environment says of the upstream: {@code OPENROUTER_API_KEY}, {@code OPENROUTER_BASE_URL},
     * {@code HTTP_REFERER}, {@code X_TITLE}, and {@code FREEROUTER_DEMO} for {@link #demo}. What it does not name stays.
     *
     * @return this
     */
    public FreeRouterBuilder fromEnvironment() {
        return from(System.getenv());
    }

    FreeRouterBuilder from(Map<String, String> environment) {
        upstream.from(environment);
        surroundings.demo |= Boolean.parseBoolean(environment.getOrDefault("FREEROUTER_DEMO", ""));
        return this;
    }

    /**
     * Whether a simulated OpenRouter inside of this process answers, so that all can be tried without a key and offline.
     *
     * @param simulated whether it does; it does not unless set
     * @return this
     */
    public FreeRouterBuilder demo(boolean simulated) {
        surroundings.demo = simulated;
        return this;
    }

    /**
     * How eagerly models are asked.
     *
     * @param pace {@link Strategy#HEDGE} unless set
     * @return this
     */
    public FreeRouterBuilder strategy(Strategy pace) {
        strategy = pace;
        return this;
    }

    /**
     * Which models are asked before others, where a request names none.
     *
     * @param policy {@link OrderPolicy#CONTEXT} unless set
     * @return this
     */
    public FreeRouterBuilder order(OrderPolicy policy) {
        order = policy;
        return this;
    }

    /**
     * How long one model may take to its answer: to a whole one, or to the first token of a stream.
     *
     * @param time above zero; 2 minutes unless set
     * @return this
     */
    public FreeRouterBuilder requestTimeout(Duration time) {
        requestTimeout = Checked.positive("requestTimeout", time);
        return this;
    }

    /**
     * Whether a conversation stays with the model that answered it last while that is well.
     *
     * @param stays whether it does; it does unless set
     * @return this
     */
    public FreeRouterBuilder affinity(boolean stays) {
        affinity = stays;
        return this;
    }

    /**
     * Whether identical requests for whole answers that come at the same time are put to a model once.
     *
     * @param share whether they are; they are not unless set
     * @return this
     */
    public FreeRouterBuilder shareIdentical(boolean share) {
        shareIdentical = share;
        return this;
    }

    /**
     * Which models the upstream is told to serve for nothing or not at all ({@code freerouter.guard.max-price}).
     *
     * @param guard {@link PriceGuard#UNSUFFIXED} unless set
     * @return this
     */
    public FreeRouterBuilder maxPrice(PriceGuard guard) {
        maxPrice = guard;
        return this;
    }

    /**
     * Whether requests may go to providers who keep what they are sent ({@code freerouter.privacy.data-collection}).
     *
     * @param may {@link DataCollection#ALLOW} unless set
     * @return this
     */
    public FreeRouterBuilder dataCollection(DataCollection may) {
        dataCollection = may;
        return this;
    }

    /**
     * Which free models there are.
     *
     * @param set sets it
     * @return this
     */
    public FreeRouterBuilder catalog(Consumer<CatalogOptions> set) {
        set.accept(catalog);
        return this;
    }

    /**
     * How models are tried for one request.
     *
     * @param set sets it
     * @return this
     */
    public FreeRouterBuilder race(Consumer<RaceOptions> set) {
        set.accept(race);
        return this;
    }

    /**
     * How failed models rest.
     *
     * @param set sets it
     * @return this
     */
    public FreeRouterBuilder cooldown(Consumer<CooldownOptions> set) {
        set.accept(cooldown);
        return this;
    }

    /**
     * How an account's requests are spent.
     *
     * @param set sets it
     * @return this
     */
    public FreeRouterBuilder quota(Consumer<QuotaOptions> set) {
        set.accept(quota);
        return this;
    }

    /**
     * All of the options above at once, as they were read from a configuration; what is set above counts no more.
     *
     * @param site where the upstream is
     * @param settings how requests are answered
     * @return this
     */
    public FreeRouterBuilder configured(Site site, Settings settings) {
        configured = Optional.of(new Configured(site, settings));
        return this;
    }

    /**
     * Who runs the HTTP clients and timers; not closed with the router. Unless set the router makes its own, with threads
     * that do not keep the program from ending.
     *
     * @param given a Vert.x instance
     * @return this
     */
    public FreeRouterBuilder vertx(Vertx given) {
        surroundings.vertx = Optional.of(given);
        return this;
    }

    /**
     * Uses another router's list of models and what it knows of them, cooldowns included, and its Vert.x unless one is given.
     * The options of the catalog and of cooldowns are that router's, which is to be closed last.
     *
     * @param other a router on the same upstream
     * @return this
     */
    public FreeRouterBuilder sharing(FreeRouter other) {
        surroundings.shared = Optional.of(other.core());
        return this;
    }

    /**
     * Who is told of everything that happens, after those set before; called on event loops, so it must be quick.
     *
     * @param listener sees it; must not throw
     * @return this
     */
    public FreeRouterBuilder listener(RouterListener listener) {
        surroundings.listeners.add(listener);
        return this;
    }

    /**
     * Makes the router. Nothing is asked of anybody yet.
     *
     * @return the router, to be closed
     * @throws IllegalArgumentException if options contradict each other
     */
    public FreeRouter build() {
        return surroundings.router(site(), settings());
    }

    Site site() {
        return configured.map(Configured::site).orElseGet(upstream::site);
    }

    Settings settings() {
        return configured.map(Configured::settings).orElseGet(this::own);
    }

    private Settings own() {
        return new Settings(
                catalog.rules(),
                catalog.ttl(),
                cooldown.rules(),
                quota.rules(),
                quota.maxWait(),
                new RouterRules(order, race.rules(requestTimeout), affinity, shareIdentical),
                race.paces(strategy),
                new RequestRules(maxPrice, dataCollection));
    }
}

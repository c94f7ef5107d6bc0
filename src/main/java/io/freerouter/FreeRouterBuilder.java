package io.freerouter;

import io.freerouter.assembly.Settings;
import io.freerouter.engine.RouterListener;
import io.freerouter.openrouter.Site;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Strategy;
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
    private final Options options = new Options();
    private final Surroundings surroundings = new Surroundings();

    FreeRouterBuilder() {}

    /**
     * The OpenRouter key. Without one every chat fails with {@link NotConfiguredException} that brings none of its own.
     *
     * @param key such as {@code sk-or-...}; blank for none
     * @return this
     */
    public FreeRouterBuilder apiKey(String key) {
        options.upstream.apiKey(key);
        return this;
    }

    /**
     * Where OpenRouter's API, or a stand-in's, is.
     *
     * @param url such as {@code https://openrouter.ai/api/v1}, which it is unless set
     * @return this
     */
    public FreeRouterBuilder baseUrl(String url) {
        options.upstream.baseUrl(url);
        return this;
    }

    /**
     * More of the upstream, and what it is told.
     *
     * @param set sets it
     * @return this
     */
    public FreeRouterBuilder upstream(Consumer<UpstreamOptions> set) {
        set.accept(options.upstream);
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
        options.upstream.from(environment);
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
        options.strategy = pace;
        return this;
    }

    /**
     * Which models are asked before others, where a request names none.
     *
     * @param policy {@link OrderPolicy#CONTEXT} unless set
     * @return this
     */
    public FreeRouterBuilder order(OrderPolicy policy) {
        options.order = policy;
        return this;
    }

    /**
     * How long one model may take to its answer: to a whole one, or to the first token of a stream.
     *
     * @param time above zero; 2 minutes unless set
     * @return this
     */
    public FreeRouterBuilder requestTimeout(Duration time) {
        options.requestTimeout = Checked.positive("requestTimeout", time);
        return this;
    }

    /**
     * Whether a conversation stays with the model that answered it last while that is well.
     *
     * @param stays whether it does; it does unless set
     * @return this
     */
    public FreeRouterBuilder affinity(boolean stays) {
        options.affinity = stays;
        return this;
    }

    /**
     * Whether identical requests for whole answers that come at the same time are put to a model once.
     *
     * @param share whether they are; they are not unless set
     * @return this
     */
    public FreeRouterBuilder shareIdentical(boolean share) {
        options.shareIdentical = share;
        return this;
    }

    /**
     * Which free models there are.
     *
     * @param set sets it
     * @return this
     */
    public FreeRouterBuilder catalog(Consumer<CatalogOptions> set) {
        set.accept(options.catalog);
        return this;
    }

    /**
     * How models are tried for one request.
     *
     * @param set sets it
     * @return this
     */
    public FreeRouterBuilder race(Consumer<RaceOptions> set) {
        set.accept(options.race);
        return this;
    }

    /**
     * How failed models rest.
     *
     * @param set sets it
     * @return this
     */
    public FreeRouterBuilder cooldown(Consumer<CooldownOptions> set) {
        set.accept(options.cooldown);
        return this;
    }

    /**
     * How an account's requests are spent.
     *
     * @param set sets it
     * @return this
     */
    public FreeRouterBuilder quota(Consumer<QuotaOptions> set) {
        set.accept(options.quota);
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
        options.configured(site, settings);
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
        return surroundings.router(options.site(), options.settings());
    }

    Options options() {
        return options;
    }
}

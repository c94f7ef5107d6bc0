package io.freerouter;

import io.freerouter.engine.RouterListener;
import io.freerouter.library.LibraryRouter;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Strategy;
import io.freerouter.settings.CatalogSettings;
import io.freerouter.settings.CooldownSettings;
import io.freerouter.settings.ProcessEnvironment;
import io.freerouter.settings.QuotaSettings;
import io.freerouter.settings.RaceSettings;
import io.freerouter.settings.Settings;
import io.freerouter.settings.StreamSettings;
import io.freerouter.settings.ToolSettings;
import io.freerouter.settings.UpstreamSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Sets up a {@link FreeRouter}. Each option has the name and the default of the server's option: {@code race.maxAttempts} is
 * {@code freerouter.race.max-attempts}.
 *
 * <pre>{@code
 * FreeRouter router = FreeRouter.builder()
 *         .apiKey("sk-or-...")
 *         .strategy(Strategy.RACE)
 *         .race(race -> race.maxAttempts(3).firstTokenTimeout(Duration.ofSeconds(10)))
 *         .build();
 * }</pre>
 *
 * <p>A value that is not allowed is refused where it is set, with an {@link IllegalArgumentException} that says what is
 * allowed. For no time limit, use {@code ChronoUnit.FOREVER.getDuration()}. A builder may build several routers, but is not
 * safe to use from several threads at once.
 */
public final class FreeRouterBuilder {
    private UpstreamSettings upstream = UpstreamSettings.STANDARD;
    private CatalogSettings catalog = CatalogSettings.STANDARD;
    private Strategy strategy = Settings.STANDARD.strategy();
    private OrderPolicy order = Settings.STANDARD.order();
    private RaceSettings race = RaceSettings.STANDARD;
    private Duration requestTimeout = Settings.STANDARD.requestTimeout();
    private CooldownSettings cooldown = CooldownSettings.STANDARD;
    private QuotaSettings quota = QuotaSettings.STANDARD;
    private ToolSettings tools = ToolSettings.STANDARD;
    private StreamSettings stream = StreamSettings.STANDARD;
    private boolean affinity = Settings.STANDARD.affinity();
    private boolean shareIdentical = Settings.STANDARD.shareIdentical();
    private boolean demo;
    private Optional<Vertx> vertx = Optional.empty();
    private Optional<LibraryRouter> shared = Optional.empty();
    private final List<RouterListener> listeners = new ArrayList<>();

    FreeRouterBuilder() {}

    /**
     * Sets the OpenRouter key. Without a key, every call that does not bring its own fails with
     * {@link NotConfiguredException}. Keys are free of charge at https://openrouter.ai/keys.
     *
     * @param key such as {@code sk-or-...}; blank for none
     * @return this
     */
    public FreeRouterBuilder apiKey(String key) {
        upstream = upstream.apiKey(key);
        return this;
    }

    /**
     * Sets the address of OpenRouter's API, or of a stand-in's API.
     *
     * @param url {@code https://openrouter.ai/api/v1} by default
     * @return this
     */
    public FreeRouterBuilder baseUrl(String url) {
        upstream = upstream.baseUrl(url);
        return this;
    }

    /**
     * Sets options of the upstream, such as its proxy, the headers for it, and what requests say about prices and privacy.
     *
     * @param set changes the settings
     * @return this
     */
    public FreeRouterBuilder upstream(UnaryOperator<UpstreamSettings> set) {
        upstream = set.apply(upstream);
        return this;
    }

    /**
     * Takes the upstream from the environment: {@code OPENROUTER_API_KEY}, {@code OPENROUTER_BASE_URL},
     * {@code HTTP_REFERER} and {@code X_TITLE}; and {@code FREEROUTER_DEMO}, {@code true} or {@code false}, for {@link #demo}.
     * An option whose variable is blank or not set keeps its value.
     *
     * @return this
     */
    public FreeRouterBuilder fromEnvironment() {
        return from(ProcessEnvironment.variables());
    }

    FreeRouterBuilder from(Map<String, String> environment) {
        upstream = upstream.from(environment);
        String simulated = environment.getOrDefault("FREEROUTER_DEMO", "");
        demo = simulated.isBlank() ? demo : Boolean.parseBoolean(simulated.strip());
        return this;
    }

    /**
     * Sets whether a simulated OpenRouter inside this process answers, so that everything can be tried without a key and
     * offline.
     *
     * @param simulated {@code false} by default
     * @return this
     */
    public FreeRouterBuilder demo(boolean simulated) {
        demo = simulated;
        return this;
    }

    /**
     * Sets how eagerly models are asked.
     *
     * @param eagerness {@link Strategy#HEDGE} by default: a second model is asked if the first stays silent for long
     * @return this
     */
    public FreeRouterBuilder strategy(Strategy eagerness) {
        strategy = eagerness;
        return this;
    }

    /**
     * Sets the order in which models are asked if a request names none.
     *
     * @param policy {@link OrderPolicy#CONTEXT} by default: models with a larger context first
     * @return this
     */
    public FreeRouterBuilder order(OrderPolicy policy) {
        order = policy;
        return this;
    }

    /**
     * Sets how long one model may take to a whole answer. The first token of a stream has the shorter of this limit and
     * {@code race.firstTokenTimeout}.
     *
     * @param time above zero; 2 minutes by default
     * @return this
     */
    public FreeRouterBuilder requestTimeout(Duration time) {
        requestTimeout = settings(time).requestTimeout();
        return this;
    }

    /**
     * Sets whether a conversation stays with the model that answered it last, as long as that model works.
     *
     * @param stays {@code true} by default
     * @return this
     */
    public FreeRouterBuilder affinity(boolean stays) {
        affinity = stays;
        return this;
    }

    /**
     * Sets whether identical requests that come at the same time share one answer. They are then sent once. Streams are never
     * shared.
     *
     * @param share {@code false} by default
     * @return this
     */
    public FreeRouterBuilder shareIdentical(boolean share) {
        shareIdentical = share;
        return this;
    }

    /**
     * Sets which free models may be asked, and how old the list of free models may be.
     *
     * @param set changes the settings
     * @return this
     */
    public FreeRouterBuilder catalog(UnaryOperator<CatalogSettings> set) {
        catalog = set.apply(catalog);
        return this;
    }

    /**
     * Sets how many models are asked for one request, how many of them at once, and how long each may take.
     *
     * @param set changes the settings
     * @return this
     */
    public FreeRouterBuilder race(UnaryOperator<RaceSettings> set) {
        race = set.apply(race);
        return this;
    }

    /**
     * Sets how long failed models cool down.
     *
     * @param set changes the settings
     * @return this
     */
    public FreeRouterBuilder cooldown(UnaryOperator<CooldownSettings> set) {
        cooldown = set.apply(cooldown);
        return this;
    }

    /**
     * Sets the account's limits, and how long a request waits for quota.
     *
     * @param set changes the settings
     * @return this
     */
    public FreeRouterBuilder quota(UnaryOperator<QuotaSettings> set) {
        quota = set.apply(quota);
        return this;
    }

    /**
     * Sets what is done with tool calls.
     *
     * @param set changes the settings
     * @return this
     */
    public FreeRouterBuilder tools(UnaryOperator<ToolSettings> set) {
        tools = set.apply(tools);
        return this;
    }

    /**
     * Sets how streams are treated.
     *
     * @param set changes the settings
     * @return this
     */
    public FreeRouterBuilder stream(UnaryOperator<StreamSettings> set) {
        stream = set.apply(stream);
        return this;
    }

    /**
     * Replaces all options above, except {@link #demo(boolean)}; for instance by the options of a configuration file.
     *
     * @param all replaces what was set before
     * @return this
     */
    public FreeRouterBuilder settings(Settings all) {
        upstream = all.upstream();
        catalog = all.catalog();
        strategy = all.strategy();
        order = all.order();
        race = all.race();
        requestTimeout = all.requestTimeout();
        cooldown = all.cooldown();
        quota = all.quota();
        tools = all.tools();
        stream = all.stream();
        affinity = all.affinity();
        shareIdentical = all.shareIdentical();
        return this;
    }

    /**
     * Sets the Vert.x that runs the HTTP clients and timers. This Vert.x stays open when the router is closed. By default the
     * router makes a Vert.x with daemon threads, and closes it.
     *
     * @param given a Vert.x instance
     * @return this
     */
    public FreeRouterBuilder vertx(Vertx given) {
        vertx = Optional.of(given);
        return this;
    }

    /**
     * Uses another router's list of models, and what that router knows of each model, such as cooldowns. Uses its Vert.x as
     * well, unless {@link #vertx(Vertx)} sets one. The options of the catalog and of cooldowns are then those of the other
     * router. Close the other router last.
     *
     * @param other a router on the same upstream
     * @return this
     */
    public FreeRouterBuilder sharing(FreeRouter other) {
        shared = Optional.of(other.library());
        return this;
    }

    /**
     * Adds a listener that is notified of every attempt, fallback and failure. Listeners run one after another on event
     * loops, so a listener must be quick and never block. An exception that it throws is logged and ends no request.
     *
     * @param listener is notified after the listeners that were added before
     * @return this
     */
    public FreeRouterBuilder listener(RouterListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Makes the router. Nothing is sent to OpenRouter yet.
     *
     * @return the router; close it in the end
     */
    public FreeRouter build() {
        return new FreeRouter(new LibraryRouter(settings(), demo, vertx, shared, listeners));
    }

    Settings settings() {
        return settings(requestTimeout);
    }

    private Settings settings(Duration timeout) {
        return new Settings(
                upstream,
                catalog,
                strategy,
                order,
                race,
                timeout,
                cooldown,
                quota,
                tools,
                stream,
                affinity,
                shareIdentical);
    }
}

package io.freerouter.library;

import io.freerouter.catalog.Catalog;
import io.freerouter.demo.DemoResponder;
import io.freerouter.demo.RequestListener;
import io.freerouter.demo.SimulatedOpenRouter;
import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Answer;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Completion;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.RouterListener;
import io.freerouter.gateway.Gateway;
import io.freerouter.gateway.VertxTicker;
import io.freerouter.openrouter.OpenRouterClient;
import io.freerouter.openrouter.Secret;
import io.freerouter.openrouter.UpstreamEndpoint;
import io.freerouter.request.RequestReader;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.QuotaState;
import io.freerouter.routing.Ticker;
import io.freerouter.settings.Settings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The engine inside an application: a gateway for each key, with one memory of the models for all keys, over its own HTTP
 * clients and, unless one is given, its own Vert.x. Safe to use from any thread.
 */
public final class LibraryRouter {
    /** How many keys have a gateway at once; the key that was used least recently loses its gateway first. */
    private static final int MAX_KEYS = 256;

    private final Vertx vertx;
    private final Settings settings;
    private final UpstreamEndpoint endpoint;
    private final Ticker ticker;
    private final RouterListener listener;
    private final OpenRouterClient openRouter;
    private final ActiveCalls calls;
    private final RequestReader requests;
    private final HedgingPolicy.Limits hedgingLimits;
    private final Gateway.Models models;
    private final Map<Secret, Gateway> gateways = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<Runnable> owned = new ArrayDeque<>();

    /**
     * A chat request, and how it is to be treated.
     *
     * @param body the request in UTF-8, in the shape of OpenAI's chat completions; never changed
     * @param headers the value of a header by its name, as callers of the server would send it; gives null if there is none
     * @param key the key of another account than the router's
     * @param hedging how eagerly models are asked, within the limits
     */
    public record Call(
            byte[] body,
            UnaryOperator<String> headers,
            Optional<Secret> key,
            Function<HedgingPolicy.Limits, HedgingPolicy> hedging) {}

    /**
     * Makes a router. Nothing is read yet.
     *
     * @param demo whether a simulated OpenRouter answers
     * @param given the Vert.x to run on; it stays open
     * @param shared a router whose models are used, and whose Vert.x is used unless one is given; close that router last
     */
    public LibraryRouter(
            Settings settings,
            boolean demo,
            Optional<Vertx> given,
            Optional<LibraryRouter> shared,
            List<RouterListener> listeners) {
        this.settings = settings;
        this.endpoint = demo ? simulatedEndpoint() : settings.upstream().endpoint();
        this.vertx = given.or(() -> shared.map(other -> other.vertx)).orElseGet(this::ownVertx);
        this.ticker = new VertxTicker(vertx);
        this.listener = RouterListener.all(listeners);
        this.openRouter =
                new OpenRouterClient(vertx, endpoint, settings.catalog().rules(), ticker);
        owned.push(openRouter::close);
        this.calls = new ActiveCalls(vertx);
        this.requests = new RequestReader(settings.upstream().rules(), settings.verification());
        this.hedgingLimits = settings.hedgingLimits();
        this.models = shared.map(other -> other.models).orElseGet(this::ownModels);
    }

    private Vertx ownVertx() {
        Vertx own = newVertx();
        owned.push(own::close);
        return own;
    }

    /** Its threads do not keep the program from ending. Nothing is served from files, so none are unpacked. */
    private static Vertx newVertx() {
        FileSystemOptions files =
                new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
        return Vertx.vertx(new VertxOptions().setUseDaemonThread(true).setFileSystemOptions(files));
    }

    /** The simulated OpenRouter has threads of its own, because this thread waits for it and may be an event loop. */
    private UpstreamEndpoint simulatedEndpoint() {
        Vertx own = newVertx();
        owned.push(own::close);
        SimulatedOpenRouter simulated = SimulatedOpenRouter.start(own, 0, new DemoResponder(), RequestListener.NONE)
                .toCompletableFuture()
                .join();
        return settings.upstream().endpoint().at(URI.create(simulated.baseUrl()), new Secret("demo"));
    }

    private Gateway.Models ownModels() {
        Gateway.Models own = Gateway.models(
                settings, openRouter.reader()::models, openRouter.reader()::embeddingModels, ticker, listener);
        owned.push(own::close);
        return own;
    }

    private synchronized Gateway gateway(Secret key) {
        Gateway gateway = gateways.computeIfAbsent(key, this::newGateway);
        if (gateways.size() > MAX_KEYS) {
            gateways.remove(gateways.keySet().iterator().next());
        }
        return gateway;
    }

    private Gateway newGateway(Secret key) {
        Gateway gateway = Gateway.forAccount(
                settings,
                endpoint,
                models,
                () -> openRouter.reader().account(key),
                openRouter.chat(key),
                ticker,
                listener);
        gateway.account().start();
        return gateway;
    }

    /** What is free now. Starts on subscription. */
    public Uni<Catalog> catalog() {
        return models.catalogs().current();
    }

    /** Asks for a whole answer; the call's {@code stream} counts as {@code false}. */
    public Uni<Answer<Completion>> complete(Call call) {
        return gateway(call)
                .router()
                .complete(request(call, false), call.hedging().apply(hedgingLimits));
    }

    /** Asks for a stream, to be called on the event loop of the call; the call's {@code stream} counts as {@code true}. */
    public Uni<Answer<OpenStream>> stream(Call call) {
        return gateway(call).router().stream(request(call, true), call.hedging().apply(hedgingLimits))
                .map(calls::closable);
    }

    private Gateway gateway(Call call) {
        return gateway(call.key().orElse(endpoint.key()));
    }

    private ChatRequest request(Call call, boolean stream) {
        return requests.read(DialectFormats.of(Dialect.CHAT).request(), call.body(), call.headers()::apply, stream);
    }

    /** How much of the quota of the router's own key is used up. */
    public QuotaState quota() {
        return gateway(endpoint.key()).quota().state();
    }

    /** The running calls. Every call is made through this object. */
    public ActiveCalls calls() {
        return calls;
    }

    /** The Vert.x that this runs on. */
    public Vertx vertx() {
        return vertx;
    }

    /** The present moment. */
    public Instant now() {
        return ticker.now();
    }

    /** Ends the running calls, and closes what this router made. What was given to it stays open. Returns at once. */
    public void close() {
        if (calls.close()) {
            owned.forEach(Runnable::run);
        }
    }
}

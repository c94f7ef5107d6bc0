package io.freerouter.engine;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.Left;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.Refused;
import io.freerouter.routing.CandidateOrder;
import io.freerouter.routing.Needs;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Pace;
import io.freerouter.routing.RaceRules;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Answers requests from the free models: the use cases of the whole program. Safe to use from any thread. */
public final class Router {
    private final CatalogKeeper catalogs;
    private final Upstream upstream;
    private final ModelHealth health;
    private final OrderPolicy order;
    private final RaceRules rules;
    private final Ticker ticker;
    private final RouterListener listener;
    private final AtomicLong requests = new AtomicLong();

    /** Puts a router together; it keeps no state but in {@code catalogs} and {@code health}. */
    public Router(
            CatalogKeeper catalogs,
            Upstream upstream,
            ModelHealth health,
            OrderPolicy order,
            RaceRules rules,
            Ticker ticker,
            RouterListener listener) {
        this.catalogs = catalogs;
        this.upstream = upstream;
        this.health = health;
        this.order = order;
        this.rules = rules;
        this.ticker = ticker;
        this.listener = listener;
    }

    /** Why every request is refused at present, such as a missing key; empty if there is no such reason. */
    public Optional<Refusal> refusesAll() {
        return upstream.refusesAll();
    }

    /**
     * Asks for a whole answer. Starts on subscription; cancelling it closes the upstream calls.
     *
     * @param pace how eagerly models are asked
     * @return fails with {@link Refused} if there is no answer
     */
    public Uni<Answer<Completion>> complete(ChatRequest request, Pace pace) {
        long number = requests.incrementAndGet();
        Grip<Completion> grip = new Grip<>(rules.toAnswer(false), ticker, answer -> {});
        return race(number, request, pace, grip, model -> grip.on(upstream.complete(question(model, request))));
    }

    /**
     * Asks for a stream. The item comes with the first token; from then on there is no other model. Starts on
     * subscription; cancelling it closes the upstream calls.
     *
     * @param pace how eagerly models are asked
     * @return fails with {@link Refused} if no model speaks
     */
    public Uni<Answer<OpenStream>> stream(ChatRequest request, Pace pace) {
        long number = requests.incrementAndGet();
        Grip<OpenStream> grip = new Grip<>(rules.toAnswer(true), ticker, OpenStream::close);
        return race(number, request, pace, grip, model -> grip.on(upstream.stream(question(model, request)))
                .map(stream -> watched(number, model, request.needs(), stream)));
    }

    private static Question question(ModelId model, ChatRequest request) {
        return new Question(model, request, 0);
    }

    private OpenStream watched(long number, ModelId model, Needs needs, OpenStream stream) {
        Multi<String> limited = new IdleLimit(stream.events(), rules.idle(), ticker);
        return new WatchedStream(number, model, needs, stream, limited, health, listener);
    }

    private <T> Uni<Answer<T>> race(
            long number, ChatRequest request, Pace pace, Grip<T> grip, Function<ModelId, Uni<T>> ask) {
        return upstream.refusesAll()
                .map(refusal -> Uni.createFrom().<Catalog>failure(new Refused(refusal)))
                .orElseGet(catalogs::current)
                .chain(catalog -> race(number, candidates(catalog, request), request, pace, ask))
                .onCancellation()
                .invoke(() -> leave(number, grip));
    }

    private void leave(long number, Grip<?> grip) {
        grip.letGo();
        listener.on(new Left(number));
    }

    private <T> Uni<Answer<T>> race(
            long number, Iterator<ModelId> candidates, ChatRequest request, Pace pace, Function<ModelId, Uni<T>> ask) {
        if (!candidates.hasNext()) {
            return Uni.createFrom().failure(new Refused(new Refusal.NoModels("no model is free at the moment.")));
        }
        Roll roll = new Roll(number, request, candidates, health, ticker, listener);
        boolean stream = request.stream();
        Function<ModelId, Duration> hedgeDelay =
                model -> rules.hedgeDelay(pace.hedgeDelay(stream), health.usualTime(model, stream));
        return new Race<>(roll, pace.width(), ask, hedgeDelay, ticker).run();
    }

    /** Lazy: whether a candidate is still free is looked up when its turn has come. */
    private Iterator<ModelId> candidates(Catalog catalog, ChatRequest request) {
        return CandidateOrder.of(
                        catalog,
                        request.needs(),
                        order,
                        model -> health.score(model, request.stream()),
                        model -> health.restsUntil(model, request.needs()))
                .stream()
                .map(candidate -> candidate.model().id())
                .filter(catalogs::isFree)
                .limit(rules.maxAttempts())
                .iterator();
    }
}

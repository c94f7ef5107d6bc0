package io.freerouter.engine;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.Left;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.Refused;
import io.freerouter.routing.Conversations;
import io.freerouter.routing.Pace;
import io.freerouter.routing.RaceRules;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Answers requests from the free models: the use cases of the whole program. Safe to use from any thread. */
public final class Router {
    private final CatalogKeeper catalogs;
    private final Upstream upstream;
    private final ModelHealth health;
    private final QuotaGate gate;
    private final RaceRules rules;
    private final Ticker ticker;
    private final RouterListener listener;
    private final Ties ties;
    private final Selection selection;
    private final Judge judge;
    private final Optional<SharedAnswers> shared;
    private final AtomicLong requests = new AtomicLong();

    /** Puts a router together; what it remembers is in {@code health}, {@code gate} and {@code conversations}. */
    public Router(
            CatalogKeeper catalogs,
            Upstream upstream,
            ModelHealth health,
            QuotaGate gate,
            Conversations conversations,
            RouterRules rules,
            Ticker ticker,
            RouterListener listener) {
        this.catalogs = catalogs;
        this.upstream = upstream;
        this.health = health;
        this.gate = gate;
        this.rules = rules.race();
        this.ticker = ticker;
        this.listener = listener;
        this.ties = new Ties(conversations, rules.affinity(), ticker);
        this.selection = new Selection(health, ties, rules.order());
        this.judge = new Judge(health, listener);
        this.shared = rules.sharing() ? Optional.of(new SharedAnswers(ticker)) : Optional.empty();
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
        return shared.map(answers -> answers.of(request, pace, () -> alone(request, pace)))
                .orElseGet(() -> alone(request, pace));
    }

    private Uni<Answer<Completion>> alone(ChatRequest request, Pace pace) {
        long number = requests.incrementAndGet();
        Grip<Completion> grip = new Grip<>(rules.toAnswer(false), ticker, answer -> {});
        return race(
                        number,
                        request,
                        pace,
                        grip,
                        model -> priced(number, model, grip.on(upstream.complete(ties.question(model, request)))))
                .invoke(answer -> judge.judge(
                        number, answer.model(), request, answer.content().findings()));
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
        return race(number, request, pace, grip, model -> priced(
                        number, model, grip.on(upstream.stream(ties.question(model, request))))
                .map(stream -> watched(number, model.id(), request, stream)));
    }

    /** What gave no answer may have been charged for. Told of after the grip, which must not miss an answer. */
    private <T> Uni<T> priced(long number, Model model, Uni<T> attempt) {
        return attempt.onFailure(AttemptFailed.class)
                .invoke(failed -> judge.charged(number, model.id(), ((AttemptFailed) failed).charge()));
    }

    private OpenStream watched(long number, ModelId model, ChatRequest request, OpenStream stream) {
        Multi<String> limited = new IdleLimit(stream.events(), rules.idle(), stream::isFinished, ticker);
        return new WatchedStream(stream, limited, new StreamWatch(number, model, request, health, judge, listener));
    }

    private <T> Uni<Answer<T>> race(
            long number, ChatRequest request, Pace pace, Grip<T> grip, Function<Model, Uni<T>> ask) {
        return upstream.refusesAll()
                .map(refusal -> Uni.createFrom().<Catalog>failure(new Refused(refusal)))
                .orElseGet(catalogs::current)
                .chain(catalog -> race(number, catalog, request, pace, ask))
                .invoke(answer -> ties.answers(answer.model(), request))
                .onCancellation()
                .invoke(() -> leave(number, grip));
    }

    private void leave(long number, Grip<?> grip) {
        grip.letGo();
        listener.on(new Left(number));
    }

    private <T> Uni<Answer<T>> race(
            long number, Catalog catalog, ChatRequest request, Pace pace, Function<Model, Uni<T>> ask) {
        List<Model> candidates =
                selection.models(catalog, request).stream().filter(this::isFree).toList();
        if (candidates.isEmpty()) {
            return Uni.createFrom().failure(new Refused(selection.refusal(catalog, request.needs())));
        }
        CandidateQueue queue =
                new CandidateQueue(candidates, rules.maxAttempts(), request.needs(), health, this::isFree);
        Roll roll = new Roll(number, request, queue, health, ticker, listener);
        boolean stream = request.stream();
        Function<ModelId, Duration> hedgeDelay =
                model -> rules.hedgeDelay(pace.hedgeDelay(stream), health.usualTime(model, stream));
        return new Race<>(roll, gate, pace.width(), ask, hedgeDelay, ticker).run();
    }

    private boolean isFree(Model model) {
        return catalogs.isFree(model.id()) && health.isFree(model.id());
    }
}

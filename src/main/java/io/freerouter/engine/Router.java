package io.freerouter.engine;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.engine.race.ModelReadiness;
import io.freerouter.engine.race.OutcomeRecorder;
import io.freerouter.engine.race.Race;
import io.freerouter.engine.race.StreamTail;
import io.freerouter.failure.FailedAttempt;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.RefusalException;
import io.freerouter.routing.CandidateOrder;
import io.freerouter.routing.CandidateOrder.Candidate;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.ModelPreference;
import io.freerouter.routing.Needs;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.RaceRules;
import io.freerouter.routing.RequestSize;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** Answers requests from the free models: the use cases of the whole program. Safe to use from any thread. */
public final class Router {
    private final CatalogKeeper catalogs;
    private final Upstream upstream;
    private final ModelHealth health;
    private final QuotaGate gate;
    private final CandidateSelection selection;
    private final Affinity affinity;
    private final Optional<CoalescedRequests> coalesced;
    private final RaceRules rules;
    private final Ticker ticker;
    private final RouterListener listener;
    private final LongSupplier numbers;

    /**
     * Puts a router together.
     *
     * @param order which models are asked first, unless the caller or the conversation says so
     * @param coalesced sends identical requests for whole answers once; empty to send each request
     * @param numbers gives each request a number that no other request has; routers with the same listener share it
     */
    public Router(
            CatalogKeeper catalogs,
            Upstream upstream,
            ModelHealth health,
            QuotaGate gate,
            Affinity affinity,
            OrderPolicy order,
            Optional<CoalescedRequests> coalesced,
            RaceRules rules,
            Ticker ticker,
            RouterListener listener,
            LongSupplier numbers) {
        this.catalogs = catalogs;
        this.upstream = upstream;
        this.health = health;
        this.gate = gate;
        this.selection = new CandidateSelection(health, affinity, order);
        this.affinity = affinity;
        this.coalesced = coalesced;
        this.rules = rules;
        this.ticker = ticker;
        this.listener = RouterListener.guarded(listener);
        this.numbers = numbers;
    }

    /** Why every request is refused at present, such as a missing key; empty if there is no such reason. */
    public Optional<Refusal> refusesAll() {
        return upstream.refusesAll();
    }

    /**
     * Asks for a whole answer. Starts on subscription; cancelling it closes the upstream calls.
     *
     * @param hedging how eagerly models are asked
     * @return fails with {@link RefusalException} if there is no answer
     */
    public Uni<Answer<Completion>> complete(ChatRequest request, HedgingPolicy hedging) {
        return Uni.createFrom().deferred(() -> complete(newNumber(), request, hedging));
    }

    /**
     * Asks for a whole answer to a request that has its number already; see {@link #complete(ChatRequest, HedgingPolicy)}.
     *
     * @param number from {@link #newNumber}, used once
     */
    public Uni<Answer<Completion>> complete(long number, ChatRequest request, HedgingPolicy hedging) {
        return coalesced
                .map(answers -> answers.of(
                        request,
                        hedging,
                        () -> completeAlone(number, request, hedging),
                        answer -> shared(number, request, hedging, answer)))
                .orElseGet(() -> completeAlone(number, request, hedging));
    }

    /** The answer of a call that an identical request has made. That request records what becomes of it. */
    private Uni<Answer<Completion>> shared(
            long number, ChatRequest request, HedgingPolicy hedging, Uni<Answer<Completion>> answer) {
        OutcomeRecorder outcomes = outcomes(number, request);
        outcomes.received(hedging);
        return answer.invoke(shared -> outcomes.shared(shared.model(), shared.content()))
                .onFailure()
                .invoke(outcomes::unanswered)
                .onCancellation()
                .invoke(outcomes::disconnected);
    }

    /** A number for a request that no other request has. Its events have it. */
    public long newNumber() {
        return numbers.getAsLong();
    }

    private Uni<Answer<Completion>> completeAlone(long number, ChatRequest request, HedgingPolicy hedging) {
        return Uni.createFrom().deferred(() -> {
            OutcomeRecorder outcomes = outcomes(number, request);
            return race(request, hedging, () -> {}, outcomes, Race.Kind.WHOLE, upstream::complete, answer -> {
                outcomes.delivered(answer.model(), answer.content());
                return answer;
            });
        });
    }

    /**
     * Asks for a stream. The item comes with the first token; from then on there is no other model. Starts on subscription;
     * cancelling it closes the upstream calls.
     *
     * @param hedging how eagerly models are asked
     * @return fails with {@link RefusalException} if no model speaks
     */
    public Uni<Answer<OpenStream>> stream(ChatRequest request, HedgingPolicy hedging) {
        return Uni.createFrom().deferred(() -> stream(newNumber(), request, hedging));
    }

    /**
     * Asks for a stream for a request that has its number already; see {@link #stream(ChatRequest, HedgingPolicy)}.
     *
     * @param number from {@link #newNumber}, used once
     */
    public Uni<Answer<OpenStream>> stream(long number, ChatRequest request, HedgingPolicy hedging) {
        return stream(number, request, hedging, () -> {});
    }

    /**
     * Asks for a stream, and says when a model has begun to speak and what it says is held back until it has been checked.
     *
     * @param speaks called possibly several times, by any thread
     */
    public Uni<Answer<OpenStream>> stream(long number, ChatRequest request, HedgingPolicy hedging, Runnable speaks) {
        return Uni.createFrom().deferred(() -> {
            OutcomeRecorder outcomes = outcomes(number, request);
            return race(request, hedging, speaks, outcomes, Race.Kind.STREAM, upstream::stream, answer -> {
                outcomes.streaming(answer.model(), answer.content());
                return answer.with(new StreamTail(answer.content(), answer.model(), rules.idle(), outcomes, ticker));
            });
        });
    }

    /** Whether all models asked give only shorter answers than the request allows, and at least one of them named its limit. */
    private static boolean namesShorter(ChatRequest request, Throwable failure) {
        return request.needs().size().outputTokens() > 0
                && failure instanceof RefusalException refused
                && refused.refusal() instanceof Refusal.CommonRefusal common
                && common.reason() == FailureKind.OUTPUT_TOO_LONG
                && common.attempts().stream()
                        .anyMatch(attempt -> attempt.failure().limit().isPresent());
    }

    private OutcomeRecorder outcomes(long number, ChatRequest request) {
        return new OutcomeRecorder(number, request, health, listener, ticker);
    }

    /**
     * Races, and once more with the limits that models named if they give shorter answers only. A cancelled operator drops an
     * answer that is on its way. So the cancellation is noticed by the last operator of all: until an answer has passed that
     * one, the race discards it.
     */
    private <T> Uni<Answer<T>> race(
            ChatRequest request,
            HedgingPolicy hedging,
            Runnable speaks,
            OutcomeRecorder outcomes,
            Race.Kind<T> kind,
            BiFunction<UpstreamRequest, CallWatch, Uni<T>> ask,
            UnaryOperator<Answer<T>> deliver) {
        CurrentRace current = new CurrentRace();
        outcomes.received(hedging);
        return Uni.createFrom()
                .deferred(() -> {
                    Race<T> race =
                            newRace(terms(request, hedging, speaks), request, outcomes, kind, ask, current.asked());
                    current.becomes(race);
                    return catalog().chain(catalog -> race(catalog, request, race));
                })
                .onFailure(failure -> namesShorter(request, failure))
                .retry()
                .atMost(1)
                .onFailure()
                .invoke(outcomes::unanswered)
                .invoke(answer -> affinity.answered(answer.model(), request))
                .map(deliver)
                .onCancellation()
                .invoke(() -> {
                    outcomes.disconnected();
                    current.cancel();
                });
    }

    private <T> Race<T> newRace(
            Race.Terms terms,
            ChatRequest request,
            OutcomeRecorder outcomes,
            Race.Kind<T> kind,
            BiFunction<UpstreamRequest, CallWatch, Uni<T>> ask,
            int before) {
        return new Race<>(
                terms,
                gate,
                outcomes,
                kind,
                (model, attempt, watch) -> ask.apply(
                        affinity.upstreamRequest(model, request, health.outputOf(model, request.needs()))
                                .asAttempt(before + attempt),
                        watch),
                ticker);
    }

    /** The race that a cancellation meets: the first, or the second if it has begun. Calls nobody while it holds its lock. */
    private static final class CurrentRace {
        private Race<?> race;
        private boolean cancelled;

        void becomes(Race<?> next) {
            if (replace(next)) {
                next.cancel();
            }
        }

        /** How many attempts the request has made so far. */
        int asked() {
            Race<?> running = running();
            return running == null ? 0 : running.asked();
        }

        private synchronized Race<?> running() {
            return race;
        }

        private synchronized boolean replace(Race<?> next) {
            race = next;
            return cancelled;
        }

        void cancel() {
            Race<?> running = stop();
            if (running != null) {
                running.cancel();
            }
        }

        private synchronized Race<?> stop() {
            cancelled = true;
            return race;
        }
    }

    private Uni<Catalog> catalog() {
        return upstream.refusesAll().map(Router::<Catalog>refused).orElseGet(catalogs::current);
    }

    private <T> Uni<Answer<T>> race(Catalog catalog, ChatRequest request, Race<T> race) {
        CandidateOrder candidates = selection.candidates(catalog, request, readiness(request)::isFree, ticker.now());
        return candidates.hasNext()
                ? race.run(candidates)
                        .onFailure(RefusalException.class)
                        .transform(refused -> explained(refused, request))
                : refused(selection.refusal(catalog, request.needs()));
    }

    /** If the request names one model and allows no other, that model's failure is all there is to say. */
    private RefusalException explained(RefusalException refused, ChatRequest request) {
        ModelPreference preference = request.needs().preference();
        boolean strict = !preference.poolFollows() && preference.names().size() == 1;
        return strict && refused.refusal() instanceof Refusal.AllFailed failed
                ? new RefusalException(oneFailed(failed.attempts().get(0), request))
                : refused;
    }

    private Refusal oneFailed(FailedAttempt attempt, ChatRequest request) {
        return new Refusal.OneFailed(attempt, health.cooldownEnd(attempt.model(), request.needs(), ticker.now()));
    }

    /**
     * The models that a plain request for a stream may ask now, best first; those that cool down come last.
     *
     * @param catalog lists the models
     */
    public List<Candidate> order(Catalog catalog) {
        ChatRequest plain = new ChatRequest(
                Dialect.CHAT,
                new Needs(ModelPreference.NONE, Set.of(), new RequestSize(0, 0, 0)),
                true,
                1,
                (model, own, output) -> List.of(),
                ChatRequest.Conversation.UNKNOWN,
                Set.of(),
                Map.of());
        List<Candidate> order = new ArrayList<>();
        selection
                .candidates(catalog, plain, readiness(plain)::isFree, ticker.now())
                .forEachRemaining(order::add);
        return order;
    }

    private Race.Terms terms(ChatRequest request, HedgingPolicy hedging, Runnable speaks) {
        boolean stream = request.stream();
        return new Race.Terms(
                rules,
                hedging.width(),
                model -> hedgeDelay(model, hedging.hedgeDelay(stream), stream),
                readiness(request),
                request.needs().size(),
                speaks);
    }

    private Duration hedgeDelay(Model model, Duration configured, boolean stream) {
        return rules.hedgeDelay(configured, health.usualTime(model.id(), stream, ticker.now()));
    }

    private ModelReadiness readiness(ChatRequest request) {
        return health.readiness(request.needs(), catalogs::isFree);
    }

    private static <A> Uni<A> refused(Refusal refusal) {
        return Uni.createFrom().failure(new RefusalException(refusal));
    }
}

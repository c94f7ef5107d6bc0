package io.freerouter.engine.race;

import io.freerouter.catalog.Model;
import io.freerouter.engine.Answer;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.CallWatch;
import io.freerouter.engine.Completion;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.QuotaGate;
import io.freerouter.engine.race.RaceState.Consequence;
import io.freerouter.engine.race.RaceState.Launch;
import io.freerouter.engine.race.RaceState.Step;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.RefusalException;
import io.freerouter.routing.CandidateOrder.Candidate;
import io.freerouter.routing.RaceRules;
import io.freerouter.routing.RequestSize;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Carries out what {@link RaceState} decides for one request: opens lanes, makes attempts, sets timers, cancels losers and hands
 * the outcome to the caller. Fallback is the Mutiny retry of a lane over the candidates.
 *
 * <p>Single use, and safe to use from any thread. Its monitor is the only lock of a race; no attempt, listener or caller is
 * called while it is held. The one thread that decides the race under the lock also finishes it.
 */
public final class Race<T> implements Attempt.Owner<T> {
    /** Ends a lane that has no model left to ask. */
    private static final RuntimeException NO_CANDIDATE = new NoCandidate();
    /** Sends a lane on after an answer that says nothing. */
    private static final AttemptException ANSWERED_EMPTY = new AttemptException(Failure.of(FailureKind.NO_ANSWER));

    private final QuotaGate gate;
    private final OutcomeRecorder outcomes;
    private final RaceRules rules;
    private final Runnable speaks;
    private final Kind<T> kind;
    private final Ask<T> ask;
    private final Ticker ticker;

    private final RaceState state;
    private final SortedMap<Integer, Attempt<T>> attempts = new TreeMap<>();
    private final List<Cancellable> lanes = new ArrayList<>();
    private Optional<T> answer = Optional.empty();
    private UniEmitter<? super Answer<T>> caller;
    private Runnable cancelHedge = () -> {};
    private Runnable cancelDeadline = () -> {};
    private volatile boolean isPastDeadline;

    /**
     * What the caller asks for: a whole answer or a stream.
     *
     * @param stream whether the caller asks for a stream
     * @param empty whether an answer came to a proper end without saying anything
     * @param metadata what an answer reveals besides what it says
     * @param discard releases an answer that no caller gets; has no effect if the answer is over
     */
    public record Kind<T>(
            boolean stream, Predicate<T> empty, Function<T, AnswerMetadata> metadata, Consumer<T> discard) {
        /** Whole answers. */
        public static final Kind<Completion> WHOLE =
                new Kind<>(false, Completion::empty, Completion::metadata, answer -> {});
        /** Streams. */
        public static final Kind<OpenStream> STREAM =
                new Kind<>(true, OpenStream::isEmpty, OpenStream::metadata, OpenStream::close);
    }

    /** How a model is asked. */
    public interface Ask<T> {
        /**
         * Asks a model. Each subscription is a call of its own, which fails with {@link AttemptException}.
         *
         * @param attempt which attempt of the race it is, from 1
         * @param watch what the call and the attempt tell each other (see {@link io.freerouter.engine.Upstream})
         */
        Uni<T> model(Model model, int attempt, CallWatch watch);
    }

    /**
     * The limits of a race, and what is known of its models.
     *
     * @param rules the limits of the request and its attempts
     * @param width how many attempts may run at once, at least 1
     * @param hedgeDelay how long a model may stay silent before another one is asked beside it
     * @param readiness what is known of the models
     * @param size how long the request is
     * @param speaks called when a model has begun to speak and what it says is held back; possibly several times, by any thread
     */
    public record Terms(
            RaceRules rules,
            int width,
            Function<Model, Duration> hedgeDelay,
            ModelReadiness readiness,
            RequestSize size,
            Runnable speaks) {}

    /**
     * @param gate admits attempts
     * @param outcomes records what becomes of the attempts
     * @param ask asks a model
     */
    public Race(Terms terms, QuotaGate gate, OutcomeRecorder outcomes, Kind<T> kind, Ask<T> ask, Ticker ticker) {
        this.rules = terms.rules();
        this.speaks = terms.speaks();
        this.state =
                new RaceState(rules.maxAttempts(), terms.width(), terms.hedgeDelay(), terms.readiness(), terms.size());
        this.gate = gate;
        this.outcomes = outcomes;
        this.kind = kind;
        this.ask = ask;
        this.ticker = ticker;
    }

    /**
     * Races these models. Starts on subscription. To cancel the race, cancel the subscription and call {@link #cancel} as well,
     * because the answer may be on its way to a subscriber that is gone.
     *
     * @param candidates the models in the order in which they should be asked; no other race may use this iterator
     * @return fails with {@link RefusalException} if no model answers
     */
    public Uni<Answer<T>> run(Iterator<Candidate> candidates) {
        return Uni.createFrom().emitter(emitter -> begin(candidates, emitter));
    }

    private void begin(Iterator<Candidate> candidates, UniEmitter<? super Answer<T>> emitter) {
        enter(candidates, emitter);
        advance(ticker.now());
    }

    private synchronized void enter(Iterator<Candidate> candidates, UniEmitter<? super Answer<T>> emitter) {
        caller = emitter;
        state.begin(candidates);
        if (!state.isOver()) {
            cancelDeadline = ticker.after(rules.deadline(), this::deadlinePassed);
        }
    }

    // ---- lanes

    /** Opens the next lane if it is due. */
    private void advance(Instant now) {
        OptionalInt lane = dueLane(now);
        if (lane.isPresent()) {
            Cancellable opened = lane(lane.getAsInt())
                    .subscribe()
                    .with(nothing -> {}, failure -> laneEnded(lane.getAsInt(), failure));
            if (isTooLate(opened)) {
                opened.cancel();
            }
        }
    }

    private synchronized OptionalInt dueLane(Instant now) {
        Step step = state.next(now);
        if (step instanceof Step.WaitUntil) {
            setHedge(step, now);
        }
        return step instanceof Step.OpenLane ? OptionalInt.of(state.openLane()) : OptionalInt.empty();
    }

    private synchronized boolean isTooLate(Cancellable lane) {
        lanes.add(lane);
        return state.isOver();
    }

    /** Sets the timer for the next lane. Even a lane that is due at once waits for a timer, in case this model answers first. */
    private synchronized void hedge(Instant now) {
        setHedge(state.next(now), now);
    }

    private void setHedge(Step step, Instant now) {
        cancelHedge.run();
        cancelHedge = () -> {};
        if (!(step instanceof Step.Nothing)) {
            Instant due = step instanceof Step.WaitUntil wait ? wait.moment() : now;
            cancelHedge = ticker.after(Duration.between(now, due), () -> advance(due));
        }
    }

    /** One lane: asks the next candidate, and the one after it while attempts fail. This retry is the fallback. */
    private Uni<Void> lane(int lane) {
        return Uni.createFrom()
                .deferred(() -> admission(lane))
                .chain(admittedAt -> attempt(lane, admittedAt))
                .onFailure(AttemptException.class)
                .retry()
                .indefinitely();
    }

    /** Attempts that only save time, or that the request can do without, neither wait for the quota nor use up its last. */
    private Uni<Instant> admission(int lane) {
        boolean dispensable;
        synchronized (this) {
            if (!state.hasCandidate(ticker.now())) {
                return noCandidate();
            }
            dispensable = lane > 0 || state.isNextDispensable();
        }
        return dispensable
                ? gate.admitExtra().map(at -> Uni.createFrom().item(at)).orElseGet(Race::noCandidate)
                : gate.admit().onFailure(RefusalException.class).transform(this::notAdmitted);
    }

    private synchronized Throwable notAdmitted(Throwable refused) {
        state.notAdmitted((Refusal.QuotaSpent) ((RefusalException) refused).refusal());
        return NO_CANDIDATE;
    }

    private Uni<Void> attempt(int lane, Instant admittedAt) {
        Instant now = ticker.now();
        Optional<Attempt<T>> attempt = launch(lane, admittedAt, now);
        if (attempt.isEmpty()) {
            gate.giveBack(admittedAt);
            return noCandidate();
        }
        outcomes.asked(attempt.get().launch());
        hedge(now);
        return attempt.get();
    }

    private synchronized Optional<Attempt<T>> launch(int lane, Instant admittedAt, Instant now) {
        Optional<Attempt<T>> attempt = state.launch(lane, now)
                .map(launch -> new Attempt<>(
                        this, launch, admittedAt, ask, rules.toAnswer(kind.stream()), rules.idle(), ticker));
        attempt.ifPresent(begun -> attempts.put(lane, begun));
        return attempt;
    }

    private void laneEnded(int lane, Throwable reason) {
        if (reason != NO_CANDIDATE) {
            fail(reason);
        } else if (decided(state -> state.laneEnded(lane)) == Consequence.DECIDED) {
            finish();
        }
    }

    // ---- outcomes of attempts

    @Override
    public void answered(Attempt<T> attempt, T content) {
        gate.accepted(attempt.admittedAt());
        if (kind.empty().test(content)) {
            answeredEmpty(attempt, content);
            return;
        }
        Launch launch = attempt.launch();
        Optional<T> kept;
        Consequence consequence;
        synchronized (this) {
            consequence = state.answered(launch);
            kept = answer;
            answer = consequence == Consequence.DECIDED ? Optional.of(content) : answer;
        }
        if (consequence == Consequence.DECIDED) {
            outcomes.answered(launch, attempt.spokeAt());
            kept.ifPresent(kind.discard());
            finish();
        } else {
            kind.discard().accept(content);
            outcomes.cancelled(launch, attempt.isWritten());
        }
    }

    private void answeredEmpty(Attempt<T> attempt, T content) {
        Launch launch = attempt.launch();
        Consequence consequence;
        synchronized (this) {
            consequence = state.answeredEmpty(launch);
            answer = consequence == Consequence.GO_ON ? Optional.of(content) : answer;
        }
        if (consequence == Consequence.LATE) {
            kind.discard().accept(content);
            outcomes.cancelled(launch, attempt.isWritten());
            return;
        }
        outcomes.answeredEmpty(launch, kind.metadata().apply(content));
        if (consequence == Consequence.GO_ON) {
            attempt.continueLane(ANSWERED_EMPTY);
        } else {
            kind.discard().accept(content);
            finish();
        }
    }

    @Override
    public void failed(Attempt<T> attempt, Throwable cause) {
        Launch launch = attempt.launch();
        if (!(cause instanceof AttemptException failed)) {
            cancelled(attempt);
            fail(cause);
            return;
        }
        Consequence consequence = decided(state -> state.failed(launch, failed.failure()));
        gate.failed(attempt.admittedAt(), failed.failure());
        if (consequence == Consequence.LATE) {
            outcomes.cancelled(launch, attempt.isWritten());
            return;
        }
        outcomes.failed(launch, failed);
        if (consequence != Consequence.GO_ON) {
            finish();
        } else if (isPastDeadline) {
            deadlinePassed();
        } else {
            attempt.continueLane(failed);
        }
    }

    @Override
    public void cancelled(Attempt<T> attempt) {
        synchronized (this) {
            state.cancelled(attempt.launch());
        }
        if (!attempt.isWritten()) {
            gate.giveBack(attempt.admittedAt());
        }
        outcomes.cancelled(attempt.launch(), attempt.isWritten());
    }

    /** A model that speaks is not silent: no other one is asked beside it. */
    @Override
    public void speaks() {
        synchronized (this) {
            cancelHedge.run();
        }
        speaks.run();
    }

    @Override
    public void discard(T late) {
        kind.discard().accept(late);
    }

    private synchronized Consequence decided(Function<RaceState, Consequence> change) {
        return change.apply(state);
    }

    /** How many attempts have begun. */
    public synchronized int asked() {
        return state.asked();
    }

    // ---- the end

    /** A model that speaks is not cut off: the request ends when the last one of them has failed. */
    private void deadlinePassed() {
        isPastDeadline = true;
        if (!speaksAny() && decided(state -> state.deadlinePassed(this::isWritten)) == Consequence.DECIDED) {
            finish();
        }
    }

    private synchronized boolean speaksAny() {
        return attempts.values().stream().anyMatch(Attempt::isSpeaking);
    }

    private boolean isWritten(Launch launch) {
        return attempts.get(launch.lane()).isWritten();
    }

    /** The race is decided: cancels what still runs, then hands the outcome to the caller. */
    private void finish() {
        stop();
        Runnable handOver;
        synchronized (this) {
            int asked = state.asked();
            handOver = state.winner()
                    .<Runnable>map(won -> {
                        T content = answer.orElseThrow();
                        return () -> caller.complete(new Answer<>(won.id(), asked, content));
                    })
                    .orElseGet(() -> {
                        RefusalException refused = new RefusalException(state.refusal(ticker.now()));
                        return () -> caller.fail(refused);
                    });
        }
        handOver.run();
    }

    /** An exception that is no failure of an attempt is a bug. It ends the race, and the caller gets it. */
    private void fail(Throwable bug) {
        if (abandon()) {
            stop();
            answer().ifPresent(kind.discard());
            caller.fail(bug);
        }
    }

    /**
     * The caller is gone: cancels all attempts, and discards the answer, which nobody will get. No attempt begins any more, even
     * if the race has not begun yet.
     */
    public void cancel() {
        abandon();
        stop();
        answer().ifPresent(kind.discard());
    }

    private synchronized boolean abandon() {
        return state.abandon();
    }

    private synchronized Optional<T> answer() {
        return answer;
    }

    private void stop() {
        List<Attempt<T>> running;
        List<Cancellable> open;
        synchronized (this) {
            cancelHedge.run();
            cancelDeadline.run();
            running = List.copyOf(attempts.values());
            open = List.copyOf(lanes);
        }
        running.forEach(Attempt::cancel);
        open.forEach(Cancellable::cancel);
    }

    private static <A> Uni<A> noCandidate() {
        return Uni.createFrom().failure(NO_CANDIDATE);
    }

    private static final class NoCandidate extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoCandidate() {
            super("Nobody is left to ask", null, false, false);
        }
    }
}

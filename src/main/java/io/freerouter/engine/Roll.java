package io.freerouter.engine;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.Answered;
import io.freerouter.engine.RouterEvent.Asked;
import io.freerouter.engine.RouterEvent.Cancelled;
import io.freerouter.engine.RouterEvent.Failed;
import io.freerouter.failure.Attempt;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The roll of one race: who is still to be asked, who was asked, and how that ended. Keeps the models' health and the
 * listener up to date. Safe to use from any thread; tells nobody anything
 * while it holds its lock.
 */
final class Roll {
    private final long number;
    private final ChatRequest request;
    private final CandidateQueue candidates;
    private final ModelHealth health;
    private final Ticker ticker;
    private final RouterListener listener;
    private final Set<Entry> running = new LinkedHashSet<>();
    private final Failures failures = new Failures();
    private Optional<Refusal.QuotaSpent> turnedAway = Optional.empty();
    private int asked;

    /**
     * An attempt that was made.
     *
     * @param number counts from 1 within the request
     * @param candidate who was asked
     * @param since when
     */
    record Entry(int number, Model candidate, Instant since) {
        ModelId model() {
            return candidate.id();
        }
    }

    /**
     * @param number tells this request from others in what the listener hears
     * @param request what is asked for
     * @param candidates who to ask
     */
    Roll(
            long number,
            ChatRequest request,
            CandidateQueue candidates,
            ModelHealth health,
            Ticker ticker,
            RouterListener listener) {
        this.number = number;
        this.request = request;
        this.ticker = ticker;
        this.candidates = candidates;
        this.health = health;
        this.listener = listener;
    }

    /** Enters the next candidate; empty if there is none left or the roll is closed. */
    Optional<Entry> next() {
        Optional<Entry> entry = take();
        entry.ifPresent(this::begin);
        return entry;
    }

    private void begin(Entry entry) {
        listener.on(new Asked(number, entry.number(), entry.model()));
    }

    private synchronized Optional<Entry> take() {
        Optional<Entry> entry = candidates.claim().map(ready -> new Entry(++asked, ready, ticker.now()));
        entry.ifPresent(running::add);
        return entry;
    }

    /** Whether somebody is left to ask. */
    synchronized boolean hasNext() {
        return !candidates.isEmpty();
    }

    /** The account's quota lets no more attempts through in time; those that run go on. */
    synchronized void turnedAway(Refusal.QuotaSpent spent) {
        turnedAway = Optional.of(new Refusal.QuotaSpent(spent.window(), spent.limit(), spent.resetsAt(), asked));
    }

    /** The answer of the attempt that won; it is not told if that was cancelled before, for nobody will get it. */
    <T> Answer<T> won(Entry entry, T content) {
        if (end(entry)) {
            health.answered(entry.model(), request.needs(), request.stream(), sofar(entry));
            listener.on(new Answered(number, entry.number(), entry.model()));
        }
        return new Answer<>(entry.model(), asked(), content);
    }

    /** An attempt has failed; what is heard of one that was cancelled before says nothing. */
    void lost(Entry entry, Failure failure) {
        if (end(entry)) {
            write(entry, failure);
            Optional<Instant> restsUntil = health.failed(entry.model(), request.needs(), failure);
            listener.on(new Failed(number, entry.number(), entry.model(), failure, restsUntil));
        }
    }

    private synchronized void write(Entry entry, Failure failure) {
        failures.add(entry.number(), new Attempt(entry.model(), failure));
        if (failure.kind() == FailureKind.TOO_LONG) {
            candidates.tooSmall(entry.candidate(), failure.limit());
        }
        if (failures.isFinal()) {
            candidates.close();
        }
    }

    /** An attempt is cancelled, unless it has ended by itself. */
    void cancelled(Entry entry) {
        if (end(entry)) {
            health.abandoned(entry.model(), request.stream(), sofar(entry));
            listener.on(new Cancelled(number, entry.number(), entry.model()));
        }
    }

    private Duration sofar(Entry entry) {
        return Duration.between(entry.since(), ticker.now());
    }

    /** The race is over: nobody else is asked, and whoever still runs is cancelled. */
    void close() {
        shut().forEach(this::cancelled);
    }

    private synchronized List<Entry> shut() {
        candidates.close();
        return List.copyOf(running);
    }

    private synchronized boolean end(Entry entry) {
        return running.remove(entry);
    }

    /** How many attempts were made. */
    synchronized int asked() {
        return asked;
    }

    /** Why there is no answer, once everybody asked has failed. */
    synchronized Refusal refusal() {
        List<Attempt> attempts = failures.all();
        return spent(attempts)
                .or(() -> turnedAway)
                .or(() -> tooLong(attempts))
                .or(failures::alike)
                .orElseGet(() -> allFailed(attempts));
    }

    private Optional<Refusal> spent(List<Attempt> attempts) {
        return attempts.stream()
                .map(Attempt::failure)
                .flatMap(failure -> failure.kind().spent().map(window -> spent(window, failure)).stream())
                .findFirst();
    }

    private Refusal spent(QuotaWindow window, Failure failure) {
        Instant resetsAt = failure.restUntil().orElseGet(() -> window.endAfter(ticker.now()));
        return new Refusal.QuotaSpent(window, failure.limit(), resetsAt, asked);
    }

    private Optional<Refusal> tooLong(List<Attempt> attempts) {
        return failures.endsTooLong()
                ? Optional.of(new Refusal.TooLong(attempts, candidates.largestTooSmall()))
                : Optional.empty();
    }

    private static Refusal allFailed(List<Attempt> attempts) {
        return attempts.isEmpty()
                ? new Refusal.NoModels("none of them is free any more.")
                : new Refusal.AllFailed(attempts);
    }

    /** The failed attempts, in the order asked. */
    synchronized List<Attempt> failed() {
        return failures.all();
    }
}

package io.freerouter.engine;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.Refused;
import io.freerouter.failure.Verdict;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One request's way through its candidates: a number of lanes over one queue. A lane asks the next candidate and, while the
 * failure's verdict is {@link Verdict#NEXT}, the one after it; it opens once the lane before it has been silent for the
 * hedge delay. So a failed attempt is replaced at once while the others run on, as RFC 8305 does it for connections. The
 * first answer of any lane wins, and the others are cancelled. Single use.
 */
final class Race<T> {
    private static final RuntimeException EXHAUSTED = new Exhausted();

    private final Roll roll;
    private final QuotaGate gate;
    private final Function<Model, Uni<T>> ask;
    private final Function<ModelId, Duration> hedgeDelay;
    private final Ticker ticker;
    private final List<CompletableFuture<Void>> gates;

    /**
     * @param roll the candidates, and where what happens is written down
     * @param gate lets attempts through
     * @param width how many lanes there are, at least 1
     * @param ask makes one attempt; fails with {@link AttemptFailed}
     * @param hedgeDelay how long a model may stay silent before the next lane opens
     */
    Race(
            Roll roll,
            QuotaGate gate,
            int width,
            Function<Model, Uni<T>> ask,
            Function<ModelId, Duration> hedgeDelay,
            Ticker ticker) {
        this.roll = roll;
        this.gate = gate;
        this.ask = ask;
        this.hedgeDelay = hedgeDelay;
        this.ticker = ticker;
        this.gates = Stream.generate(() -> new CompletableFuture<Void>())
                .limit(width)
                .toList();
    }

    /** Runs on subscription; cancelling it cancels the attempts under way. Fails with {@link Refused}. */
    Uni<Answer<T>> run() {
        open(0);
        List<Uni<Uni<Answer<T>>>> lanes =
                IntStream.range(0, gates.size()).mapToObj(this::lane).toList();
        return Uni.join()
                .first(lanes)
                .withItem()
                .onFailure()
                .recoverWithItem(() -> refused(roll.refusal()))
                .chain(outcome -> outcome)
                .onTermination()
                .invoke(roll::close);
    }

    /** Fails only when there is nobody left to ask; whatever else ends the race is an item. */
    private Uni<Uni<Answer<T>>> lane(int number) {
        return Uni.createFrom()
                .completionStage(gates.get(number))
                .chain(() -> fallback(number))
                .onFailure(failure -> failure != EXHAUSTED)
                .recoverWithItem(bug -> Uni.createFrom().failure(bug))
                .onFailure()
                .invoke(() -> open(number + 1));
    }

    private Uni<Uni<Answer<T>>> fallback(int lane) {
        return Uni.createFrom()
                .deferred(() -> admission(lane))
                .chain(at -> roll.next().map(entry -> attempt(lane, entry, at)).orElseGet(() -> nobody(at)))
                .onFailure(AttemptFailed.class)
                .retry()
                .indefinitely();
    }

    /** The lanes beside the first only save time, so they neither wait for the quota nor use up the last of it. */
    private Uni<Instant> admission(int lane) {
        if (!roll.hasNext()) {
            return exhausted();
        }
        return lane == 0 ? gate.pass().onFailure(Refused.class).transform(this::turnedAway) : beside();
    }

    private Uni<Instant> beside() {
        return gate.passBeside().map(at -> Uni.createFrom().item(at)).orElseGet(Race::exhausted);
    }

    private Throwable turnedAway(Throwable refused) {
        roll.turnedAway((Refusal.QuotaSpent) ((Refused) refused).refusal());
        return EXHAUSTED;
    }

    private Uni<Uni<Answer<T>>> nobody(Instant at) {
        gate.giveBack(at);
        return exhausted();
    }

    private Uni<Uni<Answer<T>>> attempt(int lane, Roll.Entry entry, Instant at) {
        Runnable callOff = hedge(lane, entry.model());
        return ask.apply(entry.candidate())
                .map(content -> Uni.createFrom().item(won(entry, at, content)))
                .onFailure(AttemptFailed.class)
                .invoke(failure -> lost(entry, at, failure.failure()))
                .onFailure(Race::stops)
                .recoverWithItem(failure -> refused(rejected(entry, (AttemptFailed) failure)))
                .onTermination()
                .invoke(() -> {
                    callOff.run();
                    roll.cancelled(entry);
                });
    }

    private Answer<T> won(Roll.Entry entry, Instant at, T content) {
        gate.letIn(at);
        return roll.won(entry, content);
    }

    private void lost(Roll.Entry entry, Instant at, Failure failure) {
        gate.heard(at, failure);
        roll.lost(entry, failure);
    }

    private Runnable hedge(int lane, ModelId model) {
        return lane + 1 < gates.size() ? ticker.after(hedgeDelay.apply(model), () -> open(lane + 1)) : () -> {};
    }

    private void open(int lane) {
        if (lane < gates.size()) {
            gates.get(lane).complete(null);
        }
    }

    private static boolean stops(Throwable failure) {
        return failure instanceof AttemptFailed attempt
                && attempt.failure().kind().verdict() == Verdict.STOP;
    }

    private Refusal rejected(Roll.Entry entry, AttemptFailed last) {
        return new Refusal.Rejected(entry.model(), last.failure(), roll.asked());
    }

    private static <A> Uni<A> refused(Refusal refusal) {
        return Uni.createFrom().failure(new Refused(refusal));
    }

    private static <A> Uni<A> exhausted() {
        return Uni.createFrom().failure(EXHAUSTED);
    }

    private static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super("Nobody is left to ask", null, false, false);
        }
    }
}

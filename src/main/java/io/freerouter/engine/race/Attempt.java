package io.freerouter.engine.race;

import io.freerouter.engine.CallWatch;
import io.freerouter.engine.race.RaceState.Launch;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.EmptyUniSubscription;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One attempt: one subscription to a model's call, one time limit, and exactly one outcome. The outcome is the first of: an
 * answer, a failure, the time limit, a cancellation. An answer that comes after the outcome is discarded; it is never lost
 * between two Mutiny operators, because the attempt subscribes to the call itself.
 *
 * <p>A lane waits for this {@code Uni}. It fails when the lane should ask the next model, and never ends if the race is
 * decided. Safe to use from any thread.
 */
final class Attempt<T> extends AbstractUni<Void> implements UniSubscriber<T>, UniSubscription, CallWatch {
    private final Owner<T> owner;
    private final Launch launch;
    private final Instant admittedAt;
    private final Race.Ask<T> ask;
    private final Duration limit;
    private final Duration idle;
    private final Ticker ticker;

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CONNECTING);
    private volatile UniSubscriber<? super Void> lane;
    private volatile UniSubscription subscription = EmptyUniSubscription.CANCELLED;
    private volatile Runnable cancelTimer = () -> {};
    /** When part of the answer came first and last that is held back; null if none was. */
    private volatile Instant firstHeld;

    private volatile Instant lastHeld;
    private volatile boolean repeated;
    private volatile Thread calling;
    private AttemptException failedWhileCalling;

    private enum Phase {
        /** Nothing has been sent to the upstream. */
        CONNECTING,
        /** The request has been, or is being, written to the upstream, which counts it. */
        WRITTEN,
        /** The attempt has had its outcome, and its request was never written. */
        OVER_UNWRITTEN,
        /** The attempt has had its outcome after its request was written. */
        OVER;

        boolean isOver() {
            return this == OVER_UNWRITTEN || this == OVER;
        }

        Phase end() {
            return switch (this) {
                case CONNECTING -> OVER_UNWRITTEN;
                case WRITTEN -> OVER;
                default -> this;
            };
        }
    }

    /** Is called with an attempt's outcome, exactly once, by the thread that brought it about. */
    interface Owner<T> {
        void answered(Attempt<T> attempt, T answer);

        void failed(Attempt<T> attempt, Throwable failure);

        void cancelled(Attempt<T> attempt);

        /** A model has begun to speak, and what it says is held back. */
        void speaks();

        /** The answer of an attempt that has had another outcome before. */
        void discard(T answer);
    }

    /**
     * @param admittedAt the moment at which the quota counts the attempt
     * @param ask makes the call, which asks the supplier whether its request may be written; each subscription is a call of its own
     * @param limit how long the attempt may take until it has an answer, or until the model begins to speak
     * @param idle how long the model may be silent after it has begun to speak
     */
    Attempt(
            Owner<T> owner,
            Launch launch,
            Instant admittedAt,
            Race.Ask<T> ask,
            Duration limit,
            Duration idle,
            Ticker ticker) {
        this.owner = owner;
        this.launch = launch;
        this.admittedAt = admittedAt;
        this.ask = ask;
        this.limit = limit;
        this.idle = idle;
        this.ticker = ticker;
    }

    Launch launch() {
        return launch;
    }

    Instant admittedAt() {
        return admittedAt;
    }

    /** Whether the request was written to the upstream, which counts it from then on. */
    boolean isWritten() {
        Phase now = phase.get();
        return now == Phase.WRITTEN || now == Phase.OVER;
    }

    /** Allows the request to be written, which counts as written from then on. False if the attempt is over. */
    @Override
    public boolean getAsBoolean() {
        return phase.compareAndSet(Phase.CONNECTING, Phase.WRITTEN);
    }

    /** Called by one thread at a time. */
    @Override
    public void held(Instant now) {
        lastHeld = now;
        if (firstHeld == null) {
            firstHeld = now;
            owner.speaks();
        }
    }

    /** Whether the model has begun to speak, is held back, and has no outcome yet. */
    boolean isSpeaking() {
        return firstHeld != null && !isOver();
    }

    /** When the model began to speak; this moment if nothing was held back. */
    Instant spokeAt() {
        Instant held = firstHeld;
        return held == null ? ticker.now() : held;
    }

    /** Makes the call, unless the attempt was cancelled before. */
    @Override
    public void subscribe(UniSubscriber<? super Void> subscriber) {
        lane = subscriber;
        subscriber.onSubscribe(this);
        cancelTimer = ticker.after(limit, this::expire);
        if (isOver()) {
            cancelTimer.run();
        } else {
            call();
        }
    }

    /** A call may fail while it is being made. The lane goes on only after that; else the stack would grow with each such call. */
    private void call() {
        calling = Thread.currentThread();
        ask();
        calling = null;
        if (failedWhileCalling != null) {
            lane.onFailure(failedWhileCalling);
        }
    }

    private void ask() {
        AbstractUni.subscribe(Uni.createFrom().deferred(() -> ask.model(launch.model(), launch.number(), this)), this);
    }

    private boolean isOver() {
        return phase.get().isOver();
    }

    @Override
    public void onSubscribe(UniSubscription made) {
        subscription = made;
        if (isOver()) {
            made.cancel();
        }
    }

    @Override
    public void onItem(T answer) {
        if (end()) {
            owner.answered(this, answer);
        } else {
            owner.discard(answer);
        }
    }

    /** A request that was not processed is made once more at once: its connection was at fault, not the model. */
    @Override
    public void onFailure(Throwable failure) {
        if (!repeated && isUnprocessed(failure) && !isOver()) {
            repeated = true;
            phase.compareAndSet(Phase.WRITTEN, Phase.CONNECTING);
            ask();
        } else if (end()) {
            owner.failed(this, failure);
        }
    }

    private static boolean isUnprocessed(Throwable failure) {
        return failure instanceof AttemptException attempt && attempt.failure().kind() == FailureKind.UNPROCESSED;
    }

    /**
     * The model is not to blame if its time went by before there was a connection. A model that has begun to speak may go on until
     * it is silent for the idle limit.
     */
    private void expire() {
        Instant held = lastHeld;
        Instant now = ticker.now();
        if (held != null && now.isBefore(held.plus(idle))) {
            cancelTimer = ticker.after(Duration.between(now, held.plus(idle)), this::expire);
            if (isOver()) {
                cancelTimer.run();
            }
        } else if (end()) {
            subscription.cancel();
            FailureKind kind = isWritten() ? FailureKind.TIMED_OUT : FailureKind.UNREACHABLE;
            owner.failed(this, new AttemptException(Failure.of(kind)));
        }
    }

    /** Closes the call, unless the attempt has had its outcome. */
    @Override
    public void cancel() {
        if (end()) {
            subscription.cancel();
            owner.cancelled(this);
        }
    }

    private boolean end() {
        boolean first = !phase.getAndUpdate(Phase::end).isOver();
        if (first) {
            cancelTimer.run();
        }
        return first;
    }

    /** Sends the lane on to the next model. */
    void continueLane(AttemptException reason) {
        if (calling == Thread.currentThread()) {
            failedWhileCalling = reason;
        } else {
            lane.onFailure(reason);
        }
    }
}

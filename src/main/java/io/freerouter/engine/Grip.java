package io.freerouter.engine;

import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Verdict;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.EmptyUniSubscription;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A request's grip on what it has under way: its attempts, each bounded in time, then the one answer. A signal passes from
 * operator to operator, so a cancellation may meet an answer halfway and reach neither the call, which has answered, nor
 * the caller, who is gone; and two attempts may end at once on two threads. That is why the first answer, or the failure
 * that stops the request, is chosen here, what else runs is given up then, and a request that is left lets go of all of it
 * directly. Safe to use from any thread; calls nobody while it holds its lock.
 */
final class Grip<T> {
    private final Duration limit;
    private final Ticker ticker;
    private final Consumer<T> discard;
    private final List<Attempt> running = new ArrayList<>();
    private Optional<T> answer = Optional.empty();
    private boolean over;

    /**
     * @param limit how long an attempt may take
     * @param discard gives an answer up that nobody will get; harmless if it is over
     */
    Grip(Duration limit, Ticker ticker, Consumer<T> discard) {
        this.limit = limit;
        this.ticker = ticker;
        this.discard = discard;
    }

    /**
     * The same attempt, cancelled and failed as {@link FailureKind#TIMED_OUT} if it has not ended within the limit. Once
     * there is an answer, a failure that stops the request, or nobody who waits, it neither begins nor says anything.
     */
    Uni<T> on(Uni<T> attempt) {
        return new AbstractUni<>() {
            @Override
            public void subscribe(UniSubscriber<? super T> subscriber) {
                Attempt held = new Attempt(subscriber);
                if (take(held)) {
                    AbstractUni.subscribe(attempt, held);
                } else {
                    subscriber.onSubscribe(EmptyUniSubscription.CANCELLED);
                }
            }
        };
    }

    /** The caller is gone: gives up the attempts or the answer, and lets no other attempt begin. */
    void letGo() {
        leave();
        giveUpOthers();
        answer().ifPresent(discard);
    }

    private synchronized void leave() {
        over = true;
    }

    /** Once it is over, nothing that still runs is of use. */
    private void giveUpOthers() {
        left().forEach(Attempt::cancel);
    }

    private synchronized List<Attempt> left() {
        return over ? List.copyOf(running) : List.of();
    }

    private synchronized Optional<T> answer() {
        return answer;
    }

    private synchronized boolean take(Attempt attempt) {
        return !over && running.add(attempt);
    }

    private synchronized boolean win(T item) {
        boolean first = !over;
        if (first) {
            over = true;
            answer = Optional.of(item);
        }
        return first;
    }

    /** Whether a failure still matters. One after which no other model is to be asked decides as an answer does. */
    private synchronized boolean isHeard(Throwable failure) {
        boolean heard = !over;
        over |= !leadsOn(failure);
        return heard;
    }

    private static boolean leadsOn(Throwable failure) {
        return failure instanceof AttemptFailed attempt
                && attempt.failure().kind().verdict() != Verdict.STOP;
    }

    private synchronized void drop(Attempt attempt) {
        running.remove(attempt);
    }

    private final class Attempt implements UniSubscriber<T>, UniSubscription {
        private final UniSubscriber<? super T> downstream;
        private boolean waiting = true;
        private UniSubscription call = EmptyUniSubscription.CANCELLED;
        private Runnable callOff = () -> {};

        Attempt(UniSubscriber<? super T> downstream) {
            this.downstream = downstream;
        }

        @Override
        public Context context() {
            return downstream.context();
        }

        @Override
        public void onSubscribe(UniSubscription subscription) {
            if (begin(subscription)) {
                downstream.onSubscribe(this);
            } else {
                subscription.cancel();
                downstream.onSubscribe(EmptyUniSubscription.CANCELLED);
            }
        }

        private synchronized boolean begin(UniSubscription subscription) {
            if (waiting) {
                call = subscription;
                callOff = ticker.after(limit, this::expire);
            }
            return waiting;
        }

        @Override
        public void onItem(T item) {
            if (ends() && win(item)) {
                downstream.onItem(item);
                giveUpOthers();
            } else {
                discard.accept(item);
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            if (ends()) {
                fail(failure);
            }
        }

        private void fail(Throwable failure) {
            if (isHeard(failure)) {
                downstream.onFailure(failure);
                giveUpOthers();
            }
        }

        private void expire() {
            if (ends()) {
                call.cancel();
                fail(new AttemptFailed(Failure.of(FailureKind.TIMED_OUT)));
            }
        }

        @Override
        public void cancel() {
            if (ends()) {
                call.cancel();
            }
        }

        /** Ends the waiting, if nothing else has. */
        private boolean ends() {
            drop(this);
            return stopsWaiting();
        }

        private synchronized boolean stopsWaiting() {
            boolean first = waiting;
            waiting = false;
            callOff.run();
            return first;
        }
    }
}

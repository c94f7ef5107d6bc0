package io.freerouter.engine;

import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.EmptyUniSubscription;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A request's grip on what it has under way: at most one attempt, bounded in time, or its answer. A signal passes from
 * operator to operator, so a cancellation may meet an answer halfway and reach neither the call, which has answered, nor
 * the caller, who is gone. That is why a request that is left lets go of both directly. Safe to use from any thread.
 */
final class Grip<T> {
    private final Duration limit;
    private final Ticker ticker;
    private final Consumer<T> discard;
    private Optional<Held> latest = Optional.empty();
    private boolean left;

    /**
     * @param limit how long an attempt may take
     * @param discard gives an answer up that nobody will get; harmless if it is over
     */
    Grip(Duration limit, Ticker ticker, Consumer<T> discard) {
        this.limit = limit;
        this.ticker = ticker;
        this.discard = discard;
    }

    /** The same attempt, cancelled and failed as {@link FailureKind#TIMED_OUT} if it has not ended within the limit. */
    Uni<T> on(Uni<T> attempt) {
        return new AbstractUni<>() {
            @Override
            public void subscribe(UniSubscriber<? super T> subscriber) {
                Held held = new Held(subscriber);
                if (take(held)) {
                    AbstractUni.subscribe(attempt, held);
                } else {
                    subscriber.onSubscribe(EmptyUniSubscription.CANCELLED);
                }
            }
        };
    }

    private synchronized boolean take(Held attempt) {
        latest = Optional.of(attempt);
        return !left;
    }

    /** The caller is gone: gives up the attempt or the answer, and lets no other attempt begin. */
    void letGo() {
        markLeft().ifPresent(Held::abandon);
    }

    private synchronized Optional<Held> markLeft() {
        left = true;
        return latest;
    }

    /** One attempt, then its answer. It ends once: by its own signal, by the limit, or by being cancelled. */
    private final class Held implements UniSubscriber<T>, UniSubscription {
        private final UniSubscriber<? super T> downstream;
        private boolean waiting = true;
        private UniSubscription call = EmptyUniSubscription.CANCELLED;
        private Runnable callOff = () -> {};
        private Optional<T> answer = Optional.empty();

        Held(UniSubscriber<? super T> downstream) {
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
            if (ends(Optional.of(item))) {
                downstream.onItem(item);
            } else {
                discard.accept(item);
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            if (ends(Optional.empty())) {
                downstream.onFailure(failure);
            }
        }

        private void expire() {
            if (ends(Optional.empty())) {
                call.cancel();
                downstream.onFailure(new AttemptFailed(Failure.of(FailureKind.TIMED_OUT)));
            }
        }

        @Override
        public void cancel() {
            if (ends(Optional.empty())) {
                call.cancel();
            }
        }

        /** Gives up whatever there is. */
        void abandon() {
            cancel();
            answered().ifPresent(discard);
        }

        private synchronized Optional<T> answered() {
            return answer;
        }

        /** Ends the waiting, if nothing else has. */
        private synchronized boolean ends(Optional<T> item) {
            boolean first = waiting;
            if (first) {
                waiting = false;
                answer = item;
                callOff.run();
            }
            return first;
        }
    }
}

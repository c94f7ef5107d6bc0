package io.freerouter;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.EmptyUniSubscription;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.operators.uni.UniOperatorProcessor;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import java.util.concurrent.Executor;

/**
 * A call that is cancelled, and fails, as its router is closed: on the event loop where it happens, and before its connection
 * breaks, so that no model is blamed. To be subscribed to on that event loop.
 */
final class ClosableCall<T> extends AbstractUni<T> {
    private final Uni<T> call;
    private final Underway underway;
    private final Executor loop;

    ClosableCall(Uni<T> call, Underway underway, Executor loop) {
        this.call = call;
        this.underway = underway;
        this.loop = loop;
    }

    @Override
    public void subscribe(UniSubscriber<? super T> subscriber) {
        AbstractUni.subscribe(call, new Held(subscriber));
    }

    private final class Held extends UniOperatorProcessor<T, T> {
        private final Runnable end = () -> loop.execute(this::breakOff);

        Held(UniSubscriber<? super T> subscriber) {
            super(subscriber);
        }

        @Override
        public void onSubscribe(UniSubscription subscription) {
            super.onSubscribe(subscription);
            joinUnlessOver();
        }

        /** It may end meanwhile, on another thread: it leaves once it is over, so one of the two sees the other. */
        private void joinUnlessOver() {
            underway.join(end);
            if (isCancelled()) {
                underway.leave(end);
            }
        }

        @Override
        public void onItem(T item) {
            super.onItem(item);
            underway.leave(end);
        }

        @Override
        public void onFailure(Throwable failure) {
            super.onFailure(failure);
            underway.leave(end);
        }

        @Override
        public void cancel() {
            super.cancel();
            underway.leave(end);
        }

        private void breakOff() {
            UniSubscription left = getAndSetUpstreamSubscription(EmptyUniSubscription.CANCELLED);
            if (left != EmptyUniSubscription.CANCELLED) {
                left.cancel();
                downstream.onFailure(Underway.over());
            }
        }
    }
}

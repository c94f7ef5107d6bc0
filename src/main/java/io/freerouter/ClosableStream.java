package io.freerouter;

import io.freerouter.engine.Findings;
import io.freerouter.engine.OpenStream;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.operators.multi.AbstractMultiOperator;
import io.smallrye.mutiny.operators.multi.MultiOperatorProcessor;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscription;

/** A stream that is cancelled, and fails, as its router is closed: on its event loop, as a {@link ClosableCall} does. */
final class ClosableStream implements OpenStream {
    private final OpenStream stream;
    private final Underway underway;
    private final Executor loop;

    ClosableStream(OpenStream stream, Underway underway, Executor loop) {
        this.stream = stream;
        this.underway = underway;
        this.loop = loop;
    }

    @Override
    public Multi<String> events() {
        return Multi.createFrom()
                .deferred(() -> underway.isClosed() ? Multi.createFrom().failure(Underway.over()) : held());
    }

    private Multi<String> held() {
        return new AbstractMultiOperator<String, String>(stream.events()) {
            @Override
            public void subscribe(MultiSubscriber<? super String> subscriber) {
                upstream().subscribe().withSubscriber(new Held(subscriber));
            }
        };
    }

    @Override
    public Findings findings() {
        return stream.findings();
    }

    @Override
    public boolean isFinished() {
        return stream.isFinished();
    }

    /** The connection of a closed router is closed, and so may be its event loop. */
    @Override
    public void close() {
        if (!underway.isClosed()) {
            stream.close();
        }
    }

    private final class Held extends MultiOperatorProcessor<String, String> {
        private final Runnable end = () -> loop.execute(this::breakOff);

        Held(MultiSubscriber<? super String> subscriber) {
            super(subscriber);
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            super.onSubscribe(subscription);
            joinUnlessOver();
        }

        /** It may end meanwhile, on another thread: it leaves once it is over, so one of the two sees the other. */
        private void joinUnlessOver() {
            underway.join(end);
            if (isDone()) {
                underway.leave(end);
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            super.onFailure(failure);
            underway.leave(end);
        }

        @Override
        public void onCompletion() {
            super.onCompletion();
            underway.leave(end);
        }

        @Override
        public void cancel() {
            super.cancel();
            underway.leave(end);
        }

        private void breakOff() {
            Subscription left = getAndSetUpstreamSubscription(Subscriptions.CANCELLED);
            if (left != Subscriptions.CANCELLED) {
                left.cancel();
                downstream.onFailure(Underway.over());
            }
        }
    }
}

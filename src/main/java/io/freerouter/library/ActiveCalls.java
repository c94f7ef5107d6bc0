package io.freerouter.library;

import io.freerouter.engine.Answer;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.OpenStream;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.operators.multi.AbstractMultiOperator;
import io.smallrye.mutiny.operators.multi.MultiOperatorProcessor;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The calls of one router that are running. Each call lives on one event loop: it is subscribed to, cancelled, and ended by
 * {@link #close} there, so an answer never meets a cancellation halfway. The loop is the caller's own if the caller is on one.
 * Safe to use from any thread; holds its lock only for the list of calls.
 */
public final class ActiveCalls {
    private final VertxInternal vertx;
    private final Set<Runnable> endings = new HashSet<>();
    private boolean closed;

    /** @param vertx runs the event loops */
    public ActiveCalls(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    /** Whether {@link #close} was called. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Whether no call is running. */
    public synchronized boolean isEmpty() {
        return endings.isEmpty();
    }

    /**
     * Ends every running call: each is cancelled on its event loop, and fails.
     *
     * @return {@code false} if that was done before
     */
    public boolean close() {
        List<Runnable> all;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            all = List.copyOf(endings);
        }
        all.forEach(Runnable::run);
        return true;
    }

    private static IllegalStateException closedFailure() {
        return new IllegalStateException("This FreeRouter is closed");
    }

    /** Records how to end a call that has begun; ends it at once if this is closed already. */
    private void add(Runnable ending) {
        boolean added;
        synchronized (this) {
            added = !closed && endings.add(ending);
        }
        if (!added) {
            ending.run();
        }
    }

    private synchronized void remove(Runnable ending) {
        endings.remove(ending);
    }

    /** The event loop of a call that is made on this thread. */
    private Context loop() {
        Context here = Vertx.currentContext();
        boolean isOurs = Context.isOnEventLoopThread() && here != null && here.owner() == vertx;
        return isOurs ? here : vertx.createEventLoopContext();
    }

    /** Does something on a loop. A loop that has ended has ended its calls as well, so there is nothing left to do. */
    private static void on(Context loop, Runnable work) {
        try {
            loop.runOnContext(turn -> work.run());
        } catch (RejectedExecutionException loopHasEnded) {
            return;
        }
    }

    /**
     * A call for one answer.
     *
     * @param call begins the call; run at each subscription, on the call's event loop
     * @param discard gets an answer that came when the caller had cancelled already
     */
    public <T> Uni<T> one(Supplier<Uni<T>> call, Consumer<? super T> discard) {
        return new AbstractUni<>() {
            @Override
            public void subscribe(UniSubscriber<? super T> caller) {
                new One<T>(loop(), caller, discard).begin(Uni.createFrom().deferred(call::get));
            }
        };
    }

    /** A call that is over by an answer, a failure, a cancellation, or the closing of the router: whichever comes first. */
    private final class One<T> implements UniSubscriber<T>, UniSubscription {
        private final Context loop;
        private final UniSubscriber<? super T> caller;
        private final Consumer<? super T> discard;
        private final AtomicBoolean over = new AtomicBoolean();
        private final Runnable ending = this::end;
        private UniSubscription upstream;

        One(Context loop, UniSubscriber<? super T> caller, Consumer<? super T> discard) {
            this.loop = loop;
            this.caller = caller;
            this.discard = discard;
        }

        void begin(Uni<T> call) {
            caller.onSubscribe(this);
            if (isClosed()) {
                fail(closedFailure());
            } else if (loop == Vertx.currentContext()) {
                subscribe(call);
            } else {
                try {
                    loop.runOnContext(turn -> subscribe(call));
                } catch (RejectedExecutionException loopHasEnded) {
                    fail(loopHasEnded);
                }
            }
        }

        private void subscribe(Uni<T> call) {
            if (!over.get()) {
                add(ending);
                if (over.get()) {
                    remove(ending);
                }
                AbstractUni.subscribe(call, this);
            }
        }

        private boolean finish() {
            boolean first = over.compareAndSet(false, true);
            if (first) {
                remove(ending);
            }
            return first;
        }

        private void fail(Throwable failure) {
            if (finish()) {
                caller.onFailure(failure);
            }
        }

        @Override
        public void onSubscribe(UniSubscription subscription) {
            upstream = subscription;
        }

        @Override
        public void onItem(T item) {
            if (finish()) {
                caller.onItem(item);
            } else {
                discard.accept(item);
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            fail(failure);
        }

        @Override
        public void cancel() {
            if (finish()) {
                on(loop, this::cancelUpstream);
            }
        }

        private void end() {
            on(loop, () -> {
                if (finish()) {
                    cancelUpstream();
                    caller.onFailure(closedFailure());
                }
            });
        }

        private void cancelUpstream() {
            if (upstream != null) {
                upstream.cancel();
            }
        }
    }

    /**
     * A call for many items: it is subscribed to, asked and cancelled on one event loop, whatever thread its reader is on.
     * A reader that cancels before the call has begun asks nobody.
     */
    public <T> Multi<T> many(Multi<T> items) {
        Multi<T> onItsLoop = new AbstractMulti<>() {
            @Override
            public void subscribe(MultiSubscriber<? super T> reader) {
                Many<T> call = new Many<>(loop(), reader);
                reader.onSubscribe(call);
                call.begin(items);
            }
        };
        return Multi.createFrom().deferred(() -> isClosed() ? Multi.createFrom().failure(closedFailure()) : onItsLoop);
    }

    private static final class Many<T> implements MultiSubscriber<T>, Subscription {
        private final Context loop;
        private final MultiSubscriber<? super T> reader;
        private volatile boolean cancelled;
        private Subscription upstream;
        private long demand;

        Many(Context loop, MultiSubscriber<? super T> reader) {
            this.loop = loop;
            this.reader = reader;
        }

        void begin(Multi<T> items) {
            on(loop, () -> {
                if (!cancelled) {
                    items.subscribe().withSubscriber(this);
                }
            });
        }

        @Override
        public void request(long count) {
            on(loop, () -> {
                if (upstream == null) {
                    demand = Subscriptions.add(demand, count);
                } else {
                    upstream.request(count);
                }
            });
        }

        @Override
        public void cancel() {
            cancelled = true;
            on(loop, () -> {
                if (upstream != null) {
                    upstream.cancel();
                }
            });
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            if (demand != 0) {
                upstream.request(demand);
            }
        }

        @Override
        public void onItem(T item) {
            reader.onItem(item);
        }

        @Override
        public void onFailure(Throwable failure) {
            reader.onFailure(failure);
        }

        @Override
        public void onCompletion() {
            reader.onCompletion();
        }
    }

    /**
     * The same answer, whose stream is cancelled, and fails, when the router is closed: before its connection breaks, so that no
     * model is blamed. To be called on the event loop of the call.
     */
    public Answer<OpenStream> closable(Answer<OpenStream> answer) {
        return new Answer<>(
                answer.model(), answer.attempts(), new ClosableStream(answer.content(), vertx.getOrCreateContext()));
    }

    private final class ClosableStream implements OpenStream {
        private final OpenStream stream;
        private final Context loop;

        ClosableStream(OpenStream stream, Context loop) {
            this.stream = stream;
            this.loop = loop;
        }

        @Override
        public Multi<String> events() {
            return Multi.createFrom()
                    .deferred(
                            () -> isClosed() ? Multi.createFrom().failure(closedFailure()) : closable(stream.events()));
        }

        private Multi<String> closable(Multi<String> events) {
            return new AbstractMultiOperator<String, String>(events) {
                @Override
                public void subscribe(MultiSubscriber<? super String> subscriber) {
                    upstream().subscribe().withSubscriber(new Reading(subscriber, loop));
                }
            };
        }

        @Override
        public AnswerMetadata metadata() {
            return stream.metadata();
        }

        @Override
        public boolean isFinished() {
            return stream.isFinished();
        }

        /** The connections of a closed router are closed, and so may be the event loop. */
        @Override
        public void close() {
            if (!isClosed()) {
                stream.close();
            }
        }
    }

    private final class Reading extends MultiOperatorProcessor<String, String> {
        private final Context loop;
        private final Runnable ending = this::end;

        Reading(MultiSubscriber<? super String> subscriber, Context loop) {
            super(subscriber);
            this.loop = loop;
        }

        /** The stream may end on another thread meanwhile. Its end removes the ending, so one of the two sees the other. */
        @Override
        public void onSubscribe(Subscription subscription) {
            super.onSubscribe(subscription);
            add(ending);
            if (isDone()) {
                remove(ending);
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            super.onFailure(failure);
            remove(ending);
        }

        @Override
        public void onCompletion() {
            super.onCompletion();
            remove(ending);
        }

        @Override
        public void cancel() {
            super.cancel();
            remove(ending);
        }

        private void end() {
            on(loop, () -> {
                Subscription stream = getAndSetUpstreamSubscription(Subscriptions.CANCELLED);
                if (stream != Subscriptions.CANCELLED) {
                    stream.cancel();
                    downstream.onFailure(closedFailure());
                }
            });
        }
    }
}

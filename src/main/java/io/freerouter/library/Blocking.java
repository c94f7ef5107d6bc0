package io.freerouter.library;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Context;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Waits for answers. Apart from the start of a demo in {@link LibraryRouter}, only this class blocks a thread of the caller. */
public final class Blocking {
    private Blocking() {}

    /**
     * Waits for an answer.
     *
     * @throws IllegalStateException if this thread must not block
     * @throws CancellationException if the thread is interrupted; cancels the call, and the thread stays interrupted
     */
    public static <T> T on(Uni<T> answer) {
        requireAllowed();
        CompletableFuture<T> future = answer.subscribeAsCompletionStage();
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw unchecked(failed.getCause());
        } catch (InterruptedException interrupted) {
            future.cancel(false);
            throw interrupted();
        }
    }

    /**
     * Waits for each item as it is read. Subscribes at the first read. The stream is to be closed.
     *
     * @throws IllegalStateException if this thread must not block
     */
    public static <T> Stream<T> on(Multi<T> items) {
        requireAllowed();
        Items<T> reader = new Items<>(items);
        return StreamSupport.stream(reader, false).onClose(reader::close);
    }

    private static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("Interrupted while waiting for an answer");
    }

    private static RuntimeException unchecked(Throwable failure) {
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private static void requireAllowed() {
        if (Context.isOnEventLoopThread() || !Infrastructure.canCallerThreadBeBlocked()) {
            throw new IllegalStateException(
                    "The thread " + Thread.currentThread().getName()
                            + " must not wait. Use the methods of FreeRouter that return a Uni or a Multi, or call from a"
                            + " worker thread (in Quarkus: @Blocking)");
        }
    }

    /**
     * Items for a thread that waits for them. They are requested at the first read, and then only a few ahead. The reader gets
     * every item that has come before it gets the end; a failure is thrown again at each further read. One thread may read at a
     * time; any thread may close this at any moment, which ends the reading.
     */
    static final class Items<T> extends AbstractSpliterator<T> implements MultiSubscriber<T>, AutoCloseable {
        /** How many items may come before they are read. */
        private static final int AHEAD = 16;

        private final Multi<T> items;
        private final BlockingDeque<Signal<T>> signals = new LinkedBlockingDeque<>();
        private final AtomicReference<Subscription> upstream = new AtomicReference<>();
        private boolean begun;

        Items(Multi<T> items) {
            super(Long.MAX_VALUE, ORDERED | NONNULL);
            this.items = items;
        }

        /** An item for the reader; or the end, which throws or returns {@code false}. */
        private interface Signal<T> {
            boolean reach(Consumer<? super T> reader);
        }

        @Override
        public boolean tryAdvance(Consumer<? super T> reader) {
            requireAllowed();
            begin();
            return next().reach(reader);
        }

        /** A reader that is interrupted, or has closed this, does not subscribe. */
        private void begin() {
            if (!begun && upstream.get() == null && !Thread.currentThread().isInterrupted()) {
                begun = true;
                items.subscribe().withSubscriber(this);
            }
        }

        private Signal<T> next() {
            try {
                return signals.take();
            } catch (InterruptedException interrupted) {
                close();
                throw interrupted();
            }
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Subscriptions.setIfEmpty(upstream, subscription)) {
                subscription.request(AHEAD);
            }
        }

        @Override
        public void onItem(T item) {
            signals.add(reader -> {
                upstream.get().request(1);
                reader.accept(item);
                return true;
            });
        }

        @Override
        public void onFailure(Throwable failure) {
            signals.addLast(end(() -> {
                throw unchecked(failure);
            }));
        }

        @Override
        public void onCompletion() {
            signals.addLast(end(() -> {}));
        }

        /** Cancels the call. A reader that waits gets a {@link CancellationException}. */
        @Override
        public void close() {
            Subscriptions.cancel(upstream);
            signals.addFirst(end(() -> {
                throw new CancellationException("The stream was closed");
            }));
        }

        /** The end stays the next signal, so every further read meets it again. */
        private Signal<T> end(Runnable outcome) {
            return new Signal<>() {
                @Override
                public boolean reach(Consumer<? super T> reader) {
                    signals.addFirst(this);
                    outcome.run();
                    return false;
                }
            };
        }
    }
}

package io.freerouter;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Items for a thread that waits for them. They are asked for when the first one is read, and then only a few ahead. All that
 * have come are handed out before the end is told, and so is the failure, as often as it is asked for. Read by one thread at a
 * time; can be closed by any, at any moment, which ends the reading, too.
 */
final class Awaited<T> extends AbstractSpliterator<T> implements MultiSubscriber<T>, AutoCloseable {
    /** How many items may come before they are read. */
    private static final int AHEAD = 16;

    private final Multi<T> items;
    private final BlockingDeque<Signal<T>> signals = new LinkedBlockingDeque<>();
    private final AtomicReference<Subscription> upstream = new AtomicReference<>();
    private boolean begun;

    Awaited(Multi<T> items) {
        super(Long.MAX_VALUE, ORDERED | NONNULL);
        this.items = items;
    }

    /** What has come: an item for the reader, or the end, which throws or tells that there is nothing more. */
    private interface Signal<T> {
        boolean reach(Consumer<? super T> reader);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> reader) {
        Waiting.requireAllowed();
        begin();
        return Waiting.next(signals, this::close).reach(reader);
    }

    /** Whoever is interrupted already, or has closed this, asks nobody. */
    private void begin() {
        if (!begun && upstream.get() == null && !Thread.currentThread().isInterrupted()) {
            begun = true;
            items.subscribe().withSubscriber(this);
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
            throw Waiting.thrown(failure);
        }));
    }

    @Override
    public void onCompletion() {
        signals.addLast(end(() -> {}));
    }

    /** Gives up what has not been read: whoever waits for it gets a {@link CancellationException}. */
    @Override
    public void close() {
        Subscriptions.cancel(upstream);
        signals.addFirst(end(() -> {
            throw new CancellationException("The stream was closed");
        }));
    }

    /** Stays the next signal once it is. */
    private Signal<T> end(Runnable tell) {
        return new Signal<>() {
            @Override
            public boolean reach(Consumer<? super T> reader) {
                signals.addFirst(this);
                tell.run();
                return false;
            }
        };
    }
}

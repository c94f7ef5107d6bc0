package io.freerouter.openrouter;

import io.freerouter.engine.Findings;
import io.freerouter.engine.OpenStream;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Context;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The way of a stream's text from the upstream to its one reader. What has come in by the end of an event loop's turn goes
 * out as one item, as soon as the reader asks for it; a reader who is slow holds the upstream up. All is done on that
 * event loop, whatever thread the reader calls from.
 */
final class LiveStream extends AbstractMulti<String> implements OpenStream, Flow.Subscription {
    /** How many characters may wait for the reader before the upstream is held up. */
    private static final int ENOUGH = 64 * 1024;

    private final Context loop;
    private final Consumer<Boolean> hold;
    private final Runnable close;
    private final AnswerNotes notes;

    private final AtomicBoolean taken = new AtomicBoolean();
    private final StringBuilder waiting = new StringBuilder();
    private MultiSubscriber<? super String> reader;
    private long demand;
    private boolean held;
    private boolean turnIsSet;
    private boolean complete;
    private Optional<Throwable> failure = Optional.empty();
    private volatile boolean over;
    private volatile boolean finished;

    /**
     * @param hold asks the upstream to pause, or to go on
     * @param close gives the upstream call up
     * @param notes what is noted of the answer
     */
    LiveStream(Context loop, Consumer<Boolean> hold, Runnable close, AnswerNotes notes) {
        this.loop = loop;
        this.hold = hold;
        this.close = close;
        this.notes = notes;
    }

    /** Adds whole events. */
    void append(String events) {
        waiting.append(events);
        holdIf(waiting.length() > ENOUGH);
        deliverSoon();
    }

    /** What comes from now on are formalities. */
    void finish() {
        finished = true;
    }

    /** Nothing more will come: this was all of it. */
    void complete() {
        notes.finish();
        stop();
    }

    private void stop() {
        complete = true;
        deliverSoon();
    }

    /** Nothing more will come, because of this. */
    void fail(Throwable cause) {
        failure = Optional.of(cause);
        stop();
    }

    @Override
    public Multi<String> events() {
        return this;
    }

    @Override
    public Findings findings() {
        return notes.findings();
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public void close() {
        close.run();
        loop.runOnContext(turn -> giveUp());
    }

    private void giveUp() {
        waiting.setLength(0);
        failure = Optional.of(new CancellationException("The stream was closed"));
        complete = true;
        deliver();
    }

    @Override
    public void subscribe(MultiSubscriber<? super String> subscriber) {
        if (!taken.compareAndSet(false, true)) {
            Subscriptions.fail(subscriber, new IllegalStateException("A stream can be read only once"));
            return;
        }
        subscriber.onSubscribe(this);
        loop.runOnContext(turn -> {
            reader = subscriber;
            deliver();
        });
    }

    @Override
    public void request(long count) {
        loop.runOnContext(turn -> {
            demand = Subscriptions.add(demand, count);
            deliver();
        });
    }

    @Override
    public void cancel() {
        over = true;
        close.run();
    }

    private void deliverSoon() {
        if (!turnIsSet) {
            turnIsSet = true;
            loop.runOnContext(turn -> {
                turnIsSet = false;
                deliver();
            });
        }
    }

    private void deliver() {
        if (over || reader == null) {
            return;
        }
        if (demand > 0 && !waiting.isEmpty()) {
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
            reader.onItem(takeAll());
        }
        if (complete && waiting.isEmpty()) {
            end();
        }
    }

    private String takeAll() {
        String events = waiting.toString();
        waiting.setLength(0);
        holdIf(false);
        return events;
    }

    private void holdIf(boolean full) {
        if (full != held) {
            held = full;
            hold.accept(full);
        }
    }

    private void end() {
        over = true;
        failure.ifPresentOrElse(reader::onFailure, reader::onCompletion);
    }
}

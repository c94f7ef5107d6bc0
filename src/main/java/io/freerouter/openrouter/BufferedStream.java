package io.freerouter.openrouter;

import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.CallWatch;
import io.freerouter.engine.OpenStream;
import io.freerouter.failure.AttemptException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The way of a stream's text from the upstream to its one reader. All text that has come by the end of a turn of the event loop
 * goes out as one item, as soon as the reader asks for it; a slow reader pauses the upstream. Everything happens on that
 * event loop, whatever thread the reader calls from.
 */
final class BufferedStream extends AbstractMulti<String>
        implements OpenStream, StreamReader.Outcome, Flow.Subscription {
    /** How many characters may wait for the reader before the upstream is paused. */
    private static final int ENOUGH = 64 * 1024;

    private final Context loop;
    private final Consumer<Boolean> pause;
    private final Runnable closeCall;
    private final Runnable closeCallSoon;
    private final AnswerMetadataCollector collector;
    /** Is told what is held back before the stream starts, and is forgotten then. */
    private CallWatch watch;
    /** Gets the stream or its failure, and is forgotten then, because it holds the whole request. */
    private UniEmitter<? super OpenStream> emitter;

    private final AtomicBoolean taken = new AtomicBoolean();
    private final List<String> waiting = new ArrayList<>();
    private int waitingLength;
    private MultiSubscriber<? super String> reader;
    private long demand;
    private boolean started;
    private boolean empty;
    private boolean paused;
    private boolean turnIsSet;
    private boolean complete;
    private Optional<Throwable> failure = Optional.empty();
    private volatile boolean over;
    private volatile boolean finished;
    private volatile Instant lastHeld = Instant.MIN;

    /**
     * @param pause pauses the upstream, or lets it go on
     * @param closeCall closes the upstream call
     * @param closeCallSoon closes the upstream call unless it ends by itself soon
     * @param collector what the answer reveals besides its content
     * @param watch is told what is held back before the stream starts
     * @param emitter gets this stream when it starts, or the failure if it never does
     */
    BufferedStream(
            Context loop,
            Consumer<Boolean> pause,
            Runnable closeCall,
            Runnable closeCallSoon,
            AnswerMetadataCollector collector,
            CallWatch watch,
            UniEmitter<? super OpenStream> emitter) {
        this.loop = loop;
        this.pause = pause;
        this.closeCall = closeCall;
        this.closeCallSoon = closeCallSoon;
        this.collector = collector;
        this.watch = watch;
        this.emitter = emitter;
    }

    @Override
    public void start(boolean saysNothing) {
        started = true;
        empty = saysNothing;
        UniEmitter<? super OpenStream> receiver = emitter;
        emitter = null;
        watch = null;
        receiver.complete(this);
    }

    @Override
    public void append(String events) {
        waiting.add(events);
        waitingLength += events.length();
        pauseIf(waitingLength > ENOUGH);
        deliverSoon();
    }

    @Override
    public void held(Instant now) {
        lastHeld = now;
        if (!started) {
            watch.held(now);
        }
    }

    @Override
    public Instant lastHeld() {
        return lastHeld;
    }

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public void complete() {
        collector.finish();
        stop();
        closeCallSoon.run();
    }

    private void stop() {
        complete = true;
        deliverSoon();
    }

    @Override
    public void fail(AttemptException cause) {
        if (started) {
            failure = Optional.of(cause);
            stop();
        } else {
            emitter.fail(
                    new AttemptException(cause.failure(), collector.metadata().charge()));
        }
        closeCall.run();
    }

    @Override
    public Multi<String> events() {
        return this;
    }

    @Override
    public AnswerMetadata metadata() {
        return collector.metadata();
    }

    @Override
    public long tokens() {
        return collector.tokens();
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public boolean isEmpty() {
        return empty;
    }

    @Override
    public void close() {
        closeCall.run();
        loop.runOnContext(turn -> discard());
    }

    private void discard() {
        waiting.clear();
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
        closeCall.run();
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
        String events = waiting.size() == 1 ? waiting.get(0) : String.join("", waiting);
        waiting.clear();
        waitingLength = 0;
        pauseIf(false);
        return events;
    }

    private void pauseIf(boolean full) {
        if (full != paused) {
            paused = full;
            pause.accept(full);
        }
    }

    private void end() {
        over = true;
        failure.ifPresentOrElse(reader::onFailure, reader::onCompletion);
    }
}

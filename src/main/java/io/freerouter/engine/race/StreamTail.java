package io.freerouter.engine.race;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.OpenStream;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * A winner's stream until its end. This class decides how the stream ends, and reports it exactly once:
 *
 * <ul>
 *   <li>A stream breaks if it is silent for the idle limit while its reader waits. A slow reader costs the stream nothing.
 *       Comments and Anthropic's pings prove that the connection lives, not that the model does, so they do not count (WHATWG
 *       HTML 9.2.6: a line that begins with a colon is a comment). What is held back until it has been checked does.
 *   <li>Once the answer has said that it is finished, the stream is complete: it ends {@link #AFTER_FINISH} later if neither an
 *       end mark nor the end of the connection comes, and a break of the connection is its end.
 * </ul>
 *
 * <p>Signals to the reader are serial, whatever threads the timer and the stream use. Safe to use from any thread; calls
 * nobody while it holds a lock.
 */
public final class StreamTail extends AbstractMulti<String> implements OpenStream {
    /** How long usage and an end mark are waited for after the reason to finish. */
    static final Duration AFTER_FINISH = Duration.ofSeconds(2);

    private static final Pattern PING = Pattern.compile("event: ?ping|data: ?\\{\\s*\"type\"\\s*:\\s*\"ping\"\\s*}");

    private final OpenStream stream;
    private final ModelId model;
    private final Duration idleLimit;
    private final OutcomeRecorder outcomes;
    private final Ticker ticker;
    /** Whether the stream has been taken by its reader, or was closed before. */
    private final AtomicBoolean taken = new AtomicBoolean();

    /** @param model who answers */
    public StreamTail(OpenStream stream, ModelId model, Duration idleLimit, OutcomeRecorder outcomes, Ticker ticker) {
        this.stream = stream;
        this.model = model;
        this.idleLimit = idleLimit;
        this.outcomes = outcomes;
        this.ticker = ticker;
    }

    @Override
    public Multi<String> events() {
        return this;
    }

    @Override
    public void subscribe(MultiSubscriber<? super String> reader) {
        taken.set(true);
        stream.events().subscribe().withSubscriber(new Watch(reader));
    }

    @Override
    public AnswerMetadata metadata() {
        return stream.metadata();
    }

    @Override
    public long tokens() {
        return stream.tokens();
    }

    @Override
    public Instant lastHeld() {
        return stream.lastHeld();
    }

    @Override
    public boolean isFinished() {
        return stream.isFinished();
    }

    @Override
    public boolean isEmpty() {
        return stream.isEmpty();
    }

    /** A stream that nobody has read ends here; otherwise its reader hears of the end. */
    @Override
    public void close() {
        if (taken.compareAndSet(false, true)) {
            outcomes.disconnected(model, stream.metadata());
        }
        stream.close();
    }

    private static boolean isSilent(String events) {
        return events.lines()
                .allMatch(line -> line.isEmpty()
                        || line.startsWith(":")
                        || PING.matcher(line).matches());
    }

    /** Between the stream and its reader. */
    private final class Watch implements MultiSubscriber<String>, Subscription {
        private static final Runnable NOTHING = () -> {};

        private final MultiSubscriber<? super String> reader;
        private volatile Subscription source;

        private long demand;
        private Duration left = idleLimit;
        private boolean finished;
        private Instant waitingSince;
        /** When the timer goes off; null if there is none. It may be too early: then it is set again. */
        private Instant timerAt;

        private long timer;
        private Runnable cancelTimer = NOTHING;

        private int itemsUnderway;
        private boolean over;
        private Runnable lastSignal = NOTHING;

        Watch(MultiSubscriber<? super String> reader) {
            this.reader = reader;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            reader.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            if (count > 0) {
                expect(count);
                source.request(count);
            } else {
                source.cancel();
                end(() -> fail(Subscriptions.getInvalidRequestException()));
            }
        }

        private synchronized void expect(long count) {
            demand = Subscriptions.add(demand, count);
            startWaiting();
        }

        @Override
        public void onItem(String events) {
            if (begin(events)) {
                try {
                    reader.onItem(events);
                } finally {
                    itemTaken();
                }
                signalIfDue();
            }
        }

        private synchronized boolean begin(String events) {
            if (over) {
                return false;
            }
            stopWaiting();
            limit(events);
            if (--demand > 0) {
                startWaiting();
            }
            itemsUnderway++;
            return true;
        }

        private void limit(String events) {
            if (!stream.isFinished()) {
                left = isSilent(events) ? left : idleLimit;
            } else if (!finished) {
                finished = true;
                left = left.compareTo(AFTER_FINISH) < 0 ? left : AFTER_FINISH;
            }
        }

        private synchronized void itemTaken() {
            itemsUnderway--;
        }

        @Override
        public void onCompletion() {
            end(this::complete);
        }

        /** A break after all has been said is an end. */
        @Override
        public void onFailure(Throwable failure) {
            boolean complete = failure instanceof AttemptException && stream.isFinished();
            end(complete ? this::complete : () -> fail(failure));
        }

        private void complete() {
            outcomes.ended(model, stream);
            reader.onCompletion();
        }

        private void fail(Throwable failure) {
            if (failure instanceof AttemptException failed) {
                outcomes.broken(model, failed.failure(), stream.metadata());
            } else if (failure instanceof CancellationException) {
                outcomes.disconnected(model, stream.metadata());
            }
            reader.onFailure(failure);
        }

        @Override
        public void cancel() {
            if (isFirstEnd(NOTHING)) {
                outcomes.disconnected(model, stream.metadata());
            }
            source.cancel();
        }

        private void timerWentOff(long thisTimer) {
            Runnable signal = stream.isFinished()
                    ? this::complete
                    : () -> fail(new AttemptException(Failure.of(FailureKind.TIMED_OUT)));
            if (isTooLate(thisTimer, signal)) {
                source.cancel();
                signalIfDue();
            }
        }

        /** False if events came since the timer was set. */
        private synchronized boolean isTooLate(long thisTimer, Runnable signal) {
            if (thisTimer != timer) {
                return false;
            }
            timerAt = null;
            if (waitingSince == null) {
                return false;
            }
            countHeld();
            Duration waited = Duration.between(waitingSince, ticker.now());
            if (waited.compareTo(left) < 0) {
                setTimer(waited.isNegative() ? left : left.minus(waited));
                return false;
            }
            return isFirstEnd(signal);
        }

        /** The reader waits, but the model spoke: the silence began after that. */
        private void countHeld() {
            Instant held = stream.lastHeld();
            if (held.isAfter(waitingSince)) {
                waitingSince = held;
                left = idleLimit;
            }
        }

        private void end(Runnable signal) {
            if (isFirstEnd(signal)) {
                signalIfDue();
            }
        }

        private synchronized boolean isFirstEnd(Runnable signal) {
            if (over) {
                return false;
            }
            stopWaiting();
            cancelTimer.run();
            over = true;
            lastSignal = signal;
            return true;
        }

        /** The last signal is held back while another thread hands the reader an item: signals must not overlap. */
        private void signalIfDue() {
            Runnable due;
            synchronized (this) {
                due = itemsUnderway == 0 ? lastSignal : NOTHING;
                lastSignal = itemsUnderway == 0 ? NOTHING : lastSignal;
            }
            due.run();
        }

        private void startWaiting() {
            if (waitingSince == null && !over) {
                waitingSince = ticker.now();
                if (timerAt == null || timerAt.isAfter(waitingSince.plus(left))) {
                    setTimer(left);
                }
            }
        }

        /** Events leave the timer as it is, because a stream has very many of them. */
        private void setTimer(Duration delay) {
            cancelTimer.run();
            long thisTimer = ++timer;
            timerAt = ticker.now().plus(delay);
            cancelTimer = ticker.after(delay, () -> timerWentOff(thisTimer));
        }

        private void stopWaiting() {
            if (waitingSince != null) {
                left = left.minus(Duration.between(waitingSince, ticker.now()));
                waitingSince = null;
            }
        }
    }
}

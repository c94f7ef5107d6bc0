package io.freerouter.engine;

import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.operators.multi.AbstractMultiOperator;
import io.smallrye.mutiny.operators.multi.MultiOperatorProcessor;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Flow.Subscription;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Breaks a stream of server-sent events that stays silent for too long while its reader waits for more, or ends it if all has
 * been said by then. A reader that is slow itself costs the stream nothing. Comments and Anthropic's pings prove that the
 * connection lives, not that the model does, so they do not count (WHATWG HTML 9.2.6: a line that begins with a colon is a
 * comment).
 */
final class IdleLimit extends AbstractMultiOperator<String, String> {
    private static final Pattern PING = Pattern.compile("event: ?ping|data: ?\\{\\s*\"type\"\\s*:\\s*\"ping\"\\s*}");

    private final Duration limit;
    private final BooleanSupplier finished;
    private final Ticker ticker;

    /** @param finished whether nothing that matters can follow */
    IdleLimit(Multi<String> events, Duration limit, BooleanSupplier finished, Ticker ticker) {
        super(events);
        this.limit = limit;
        this.finished = finished;
        this.ticker = ticker;
    }

    @Override
    public void subscribe(MultiSubscriber<? super String> subscriber) {
        upstream().subscribe().withSubscriber(new Watch(subscriber));
    }

    private static boolean tellsNothing(String events) {
        return events.lines()
                .allMatch(line -> line.isEmpty()
                        || line.startsWith(":")
                        || PING.matcher(line).matches());
    }

    private final class Watch extends MultiOperatorProcessor<String, String> {
        private Runnable callOff = () -> {};
        private Duration left = limit;
        private Instant runningSince;
        private long demand;

        Watch(MultiSubscriber<? super String> subscriber) {
            super(subscriber);
        }

        @Override
        public void request(long count) {
            want(count);
            super.request(count);
        }

        private synchronized void want(long count) {
            demand = Subscriptions.add(demand, count);
            run();
        }

        @Override
        public void onItem(String events) {
            count(events);
            super.onItem(events);
        }

        private synchronized void count(String events) {
            pause();
            if (!tellsNothing(events)) {
                left = limit;
            }
            if (--demand > 0) {
                run();
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            pause();
            super.onFailure(failure);
        }

        @Override
        public void onCompletion() {
            pause();
            super.onCompletion();
        }

        @Override
        public void cancel() {
            pause();
            super.cancel();
        }

        private synchronized void run() {
            if (runningSince == null) {
                runningSince = ticker.now();
                callOff = ticker.after(left, this::giveUp);
            }
        }

        private synchronized void pause() {
            if (runningSince != null) {
                left = left.minus(Duration.between(runningSince, ticker.now()));
                runningSince = null;
                callOff.run();
            }
        }

        private void giveUp() {
            Subscription silent = getUpstreamSubscription();
            if (!isDone()) {
                end();
                silent.cancel();
            }
        }

        private void end() {
            if (finished.getAsBoolean()) {
                onCompletion();
            } else {
                onFailure(new AttemptFailed(Failure.of(FailureKind.TIMED_OUT)));
            }
        }
    }
}

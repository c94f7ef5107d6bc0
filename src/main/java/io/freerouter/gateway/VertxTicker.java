package io.freerouter.gateway;

import io.freerouter.routing.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The machine's clock, and the timers of the event loops. A task runs on the event loop that set its timer. The timer outlives the
 * verticle that set it: {@link Vertx#setTimer} would cancel it when the verticle is undeployed, although others may wait for the
 * task. Each request sets some timers and cancels them, and the event loops' own cost least.
 */
public final class VertxTicker implements Ticker {
    private final Vertx vertx;

    /** @param vertx runs the timers */
    public VertxTicker(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        ContextInternal here = (ContextInternal) vertx.getOrCreateContext();
        ScheduledExecutorService loop = here.nettyEventLoop();
        Future<?> timer = loop.schedule(() -> here.emit(task, Runnable::run), delay.toNanos(), TimeUnit.NANOSECONDS);
        return new Cancellation(timer);
    }

    /** Cancels a timer, and forgets it: whoever keeps this for long keeps nothing else in memory. */
    private static final class Cancellation implements Runnable {
        private Future<?> timer;

        Cancellation(Future<?> timer) {
            this.timer = timer;
        }

        @Override
        public void run() {
            Future<?> set = timer;
            if (set != null) {
                timer = null;
                set.cancel(false);
            }
        }
    }

    @Override
    public Executor here() {
        Context loop = vertx.getOrCreateContext();
        return task -> loop.runOnContext(turn -> task.run());
    }
}

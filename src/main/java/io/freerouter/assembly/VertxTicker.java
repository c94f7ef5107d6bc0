package io.freerouter.assembly;

import io.freerouter.routing.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * The machine's clock, and Vert.x's timers: a task runs on the event loop it was set from. {@link Vertx#setTimer} would call
 * it off when the verticle it was set from is undeployed, though others may wait for it.
 */
public final class VertxTicker implements Ticker {
    private static final long NANOS_A_MILLI = 1_000_000;

    private final Vertx vertx;

    /** @param vertx whose timers these are */
    public VertxTicker(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        long millis = Math.floorDiv(delay.toNanos() + NANOS_A_MILLI - 1, NANOS_A_MILLI);
        ContextInternal here = (ContextInternal) vertx.getOrCreateContext();
        long timer = here.setTimer(Math.max(1, millis), fired -> task.run());
        return () -> vertx.cancelTimer(timer);
    }

    @Override
    public Executor here() {
        Context loop = vertx.getOrCreateContext();
        return task -> loop.runOnContext(turn -> task.run());
    }
}

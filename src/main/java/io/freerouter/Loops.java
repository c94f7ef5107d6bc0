package io.freerouter;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Brings each call to one event loop, where all of it happens: the caller's if it is on one, else any. */
final class Loops {
    private final VertxInternal vertx;

    Loops(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    /** Begins a call, and subscribes to it, on an event loop. Called when the call is subscribed to. */
    <T> Uni<T> run(Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(call::get).runSubscriptionOn(loop());
    }

    private Executor loop() {
        Context here = Vertx.currentContext();
        boolean isOurs = Context.isOnEventLoopThread() && here != null && here.owner() == vertx;
        return isOurs ? Runnable::run : other(vertx.createEventLoopContext());
    }

    private static Executor other(Context loop) {
        return task -> loop.runOnContext(turn -> task.run());
    }
}

package io.freerouter;

import io.freerouter.engine.Answer;
import io.freerouter.engine.OpenStream;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Brings each call to one event loop, where all of it happens, its end by the closing of the router included: the caller's if
 * it is on one, else any.
 */
final class Loops {
    private final VertxInternal vertx;
    private final Underway underway;

    Loops(Vertx vertx, Underway underway) {
        this.vertx = (VertxInternal) vertx;
        this.underway = underway;
    }

    /** Begins a call, and subscribes to it, on an event loop. Called when the call is subscribed to. */
    <T> Uni<T> run(Supplier<Uni<T>> call) {
        Context here = context();
        Executor loop = turnsOf(here);
        Uni<T> closable = new ClosableCall<>(Uni.createFrom().deferred(call::get), underway, loop);
        return here == Vertx.currentContext() ? closable : closable.runSubscriptionOn(loop);
    }

    /** Where a call belongs that is made on this thread. */
    Context context() {
        Context here = Vertx.currentContext();
        boolean isOurs = Context.isOnEventLoopThread() && here != null && here.owner() == vertx;
        return isOurs ? here : vertx.createEventLoopContext();
    }

    /** The same answer, whose stream ends as the router is closed. Called on the event loop of its call. */
    Answer<OpenStream> closable(Answer<OpenStream> answer) {
        Executor loop = turnsOf(vertx.getOrCreateContext());
        return new Answer<>(answer.model(), answer.attempts(), new ClosableStream(answer.content(), underway, loop));
    }

    private static Executor turnsOf(Context loop) {
        return task -> loop.runOnContext(turn -> task.run());
    }
}

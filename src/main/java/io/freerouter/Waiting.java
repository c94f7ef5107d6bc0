package io.freerouter;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The one place where a thread waits, if it may. */
final class Waiting {
    private Waiting() {}

    static <T> T on(Uni<T> answer) {
        requireAllowed();
        CompletableFuture<T> coming = answer.subscribeAsCompletionStage();
        try {
            return coming.get();
        } catch (ExecutionException failed) {
            throw thrown(failed.getCause());
        } catch (InterruptedException interrupted) {
            coming.cancel(false);
            throw left();
        }
    }

    static <T> Stream<T> on(Multi<T> items) {
        requireAllowed();
        Awaited<T> awaited = new Awaited<>(items);
        return StreamSupport.stream(awaited, false).onClose(awaited::close);
    }

    /** The next that comes; {@code leave} is run if the thread is interrupted. */
    static <T> T next(BlockingDeque<T> coming, Runnable leave) {
        try {
            return coming.take();
        } catch (InterruptedException interrupted) {
            leave.run();
            throw left();
        }
    }

    private static CancellationException left() {
        Thread.currentThread().interrupt();
        return new CancellationException("Interrupted while waiting for an answer");
    }

    static RuntimeException thrown(Throwable failure) {
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    static void requireAllowed() {
        if (Context.isOnEventLoopThread() || !Infrastructure.canCallerThreadBeBlocked()) {
            throw new IllegalStateException(
                    "The thread " + Thread.currentThread().getName()
                            + " must not wait. Use the methods of FreeRouter that return a Uni or Multi, or call from a worker"
                            + " thread (in Quarkus, @Blocking)");
        }
    }
}

package io.freerouter;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** The one place where a thread waits, if it may. */
final class Waiting {
    /** How many chunks may come before they are read. */
    private static final int AHEAD = 16;

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
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while waiting for an answer");
        }
    }

    static <T> Stream<T> on(Multi<T> items) {
        requireAllowed();
        return items.subscribe().asStream(AHEAD, () -> new ArrayBlockingQueue<>(AHEAD));
    }

    private static RuntimeException thrown(Throwable failure) {
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private static void requireAllowed() {
        if (Context.isOnEventLoopThread() || !Infrastructure.canCallerThreadBeBlocked()) {
            throw new IllegalStateException(
                    "The thread " + Thread.currentThread().getName()
                            + " must not wait. Use the methods of FreeRouter that return a Uni or Multi, or call from a worker"
                            + " thread (in Quarkus, @Blocking)");
        }
    }
}

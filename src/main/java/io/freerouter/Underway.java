package io.freerouter;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/**
 * What a router has under way, which ends as the router is closed. Safe to use from any thread; calls nobody while it holds
 * its lock.
 */
final class Underway {
    private final Set<Runnable> ends = new HashSet<>();
    private boolean closed;

    /** What whoever calls a closed router is told. */
    static IllegalStateException over() {
        return new IllegalStateException("This FreeRouter is closed");
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized boolean isEmpty() {
        return ends.isEmpty();
    }

    /** Something has begun. It is ended by {@code end}, at once if the router is closed already. */
    void join(Runnable end) {
        if (!add(end)) {
            end.run();
        }
    }

    private synchronized boolean add(Runnable end) {
        return !closed && ends.add(end);
    }

    /** It has ended by itself. */
    synchronized void leave(Runnable end) {
        ends.remove(end);
    }

    /** Ends all of it. Tells whether that was not done before. */
    boolean close() {
        Optional<List<Runnable>> left = shut();
        left.ifPresent(all -> all.forEach(Underway::end));
        return left.isPresent();
    }

    private synchronized Optional<List<Runnable>> shut() {
        Optional<List<Runnable>> left = closed ? Optional.empty() : Optional.of(List.copyOf(ends));
        closed = true;
        return left;
    }

    /** Nothing is left to end where the given Vert.x was closed first. */
    private static void end(Runnable end) {
        try {
            end.run();
        } catch (RejectedExecutionException loopIsOver) {
            // Vert.x has ended what ran there
        }
    }
}

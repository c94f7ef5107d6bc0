package io.freerouter.testing;

import io.freerouter.demo.ReceivedRequest;
import io.freerouter.demo.RequestListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Remembers every request and counts those for an answer; lets a test wait for a count. */
final class CallLog implements RequestListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private final Set<ReceivedRequest> open = new HashSet<>();
    private int aborted;

    @Override
    public void opened(ReceivedRequest call) {
        change(() -> {
            requests.add(call);
            open.add(call);
        });
    }

    @Override
    public void closed(ReceivedRequest call, boolean early) {
        change(() -> {
            boolean counted = open.remove(call) && call.chat();
            aborted += early && counted ? 1 : 0;
        });
    }

    void reset() {
        change(() -> {
            requests.clear();
            open.clear();
            aborted = 0;
        });
    }

    List<ReceivedRequest> requests() {
        return locked(() -> List.copyOf(requests));
    }

    int openCalls() {
        return locked(() -> (int) open.stream().filter(ReceivedRequest::chat).count());
    }

    int abortedCalls() {
        return locked(() -> aborted);
    }

    /** Waits until something is so. */
    void await(BooleanSupplier so, Duration atMost, Supplier<String> otherwise) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!so.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError(otherwise.get() + " after " + atMost);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting", interrupted);
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        locked(() -> {
            change.run();
            changed.signalAll();
            return null;
        });
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }
}

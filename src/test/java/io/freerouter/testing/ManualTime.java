package io.freerouter.testing;

import io.freerouter.routing.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/** A clock and a scheduler that move only when told. Tasks run on the thread that moves the time. */
public final class ManualTime implements Ticker {
    /** The moment at which every one of these starts. */
    public static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

    private record Task(Instant due, long number, Runnable work) {}

    private final TreeSet<Task> tasks =
            new TreeSet<>(Comparator.comparing(Task::due).thenComparing(Task::number));
    private Instant now = START;
    private long scheduled;

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable work) {
        Instant due = delay.isNegative() ? now : now.plus(delay);
        Task task = new Task(due, scheduled++, work);
        tasks.add(task);
        return () -> cancel(task);
    }

    /**
     * Moves the time, and runs what falls due on the way, in order: each task at its own moment, of two with the same
     * moment the one scheduled first. Tasks that tasks schedule are included. {@code Duration.ZERO} runs what is due now.
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("Time does not go back; advance by zero or more, not " + by);
        }
        Instant end = now().plus(by);
        for (Optional<Task> task = next(end); task.isPresent(); task = next(end)) {
            task.get().work().run();
        }
        moveTo(end);
    }

    /** How many tasks wait. */
    public synchronized int pending() {
        return tasks.size();
    }

    private synchronized Optional<Task> next(Instant end) {
        if (tasks.isEmpty() || tasks.first().due().isAfter(end)) {
            return Optional.empty();
        }
        Task task = tasks.pollFirst();
        moveTo(task.due());
        return Optional.of(task);
    }

    private synchronized void moveTo(Instant moment) {
        now = moment.isAfter(now) ? moment : now;
    }

    private synchronized void cancel(Task task) {
        tasks.remove(task);
    }

    @Override
    public Executor here() {
        return Runnable::run;
    }
}

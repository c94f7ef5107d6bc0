package io.freerouter.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** The only source of time: the machine's clock in production, a clock moved by hand in tests. */
public interface Ticker {
    /** The present moment. */
    Instant now();

    /**
     * Runs a task once, later, on the caller's event loop if the caller is on one.
     *
     * @param delay how long from now; zero or less means at once, but not before this method returns
     * @return cancels the task; without effect once the task has begun
     */
    Runnable after(Duration delay, Runnable task);

    /** Runs tasks, submitted from any thread, on the event loop on which this method was called. */
    Executor here();
}

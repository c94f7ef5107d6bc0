package io.freerouter.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** The only source of time. Production asks the machine; tests move it by hand. */
public interface Ticker {
    /** The present moment. */
    Instant now();

    /**
     * Runs a task once, later, on the caller's event loop where it has one.
     *
     * @param delay how long from now; zero or less means at once, though never before this method returns
     * @return runs to call the task off; without effect once the task has begun
     */
    Runnable after(Duration delay, Runnable task);

    /** Runs tasks on the event loop this is called on, from whatever thread they are handed over. */
    Executor here();
}

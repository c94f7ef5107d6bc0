package io.freerouter.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Limits how long something takes altogether. A socket limits only each of its reads, so a server that sends a byte now and then
 * would never be given up.
 */
final class TimeLimit {
    private TimeLimit() {}

    /** What is done within a time. */
    interface Task<T> {
        T run() throws IOException;
    }

    /**
     * Does something in another thread and waits for it. A thread that is too slow ends with the program.
     *
     * @return what the task returns; fails as the task does, and with {@code SocketTimeoutException} when the time is over
     */
    static <T> T within(Duration limit, Task<T> task) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(task.run());
                    } catch (IOException | RuntimeException failed) {
                        result.completeExceptionally(failed);
                    }
                },
                "within " + limit.toMillis() + " ms");
        thread.setDaemon(true);
        thread.start();
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new SocketTimeoutException("timed out: no whole answer within "
                    + (limit.toMillis() < 1000 ? limit.toMillis() + " ms" : limit.toSeconds() + " s"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException mistake) {
                throw mistake;
            }
            throw failed.getCause() instanceof IOException broken ? broken : new IOException(failed.getCause());
        }
    }
}

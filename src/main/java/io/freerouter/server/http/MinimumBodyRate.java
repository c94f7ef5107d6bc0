package io.freerouter.server.http;

import java.time.Duration;
import java.time.Instant;

/**
 * Until when a sender's body has to go on, or be complete. A body holds memory from its beginning. So a sender may be silent for
 * a time, and may be slow for the same time; after that it has to have sent a number of bytes for each second that it takes,
 * as with Apache's {@code RequestReadTimeout}.
 */
final class MinimumBodyRate {
    /** A slow line of a telephone, 128 kbit/s. */
    static final int BYTES_PER_SECOND = 16 * 1024;

    private static final int MILLIS = 1000;

    private final Duration patience;
    private final Instant start;
    private Instant last;
    private long bytes;

    /**
     * A body that begins.
     *
     * @param patience how long its sender may be silent, and slow
     */
    MinimumBodyRate(Duration patience, Instant now) {
        this.patience = patience;
        this.start = now;
        this.last = now;
    }

    /** More of the body has come. */
    void received(int more, Instant now) {
        bytes += more;
        last = now;
    }

    /** How long the sender has from now on if nothing more comes; zero or less if it is too slow. */
    Duration left(Instant now) {
        Instant slow = start.plus(patience).plusMillis(bytes * MILLIS / BYTES_PER_SECOND);
        Instant silent = last.plus(patience);
        return Duration.between(now, slow.isBefore(silent) ? slow : silent);
    }
}

package io.freerouter.server.http;

/**
 * The memory that request bodies under way may take, all together. Small bodies are counted apart, so that one large body
 * does not keep all other callers out while it is answered. Safe to use from any thread.
 */
final class TotalBodyMemory {
    private static final int SMALL = 1024 * 1024;
    private static final int SHARE_OF_SMALL = 4;

    private final long mostLarge;
    private final long mostSmall;
    private long large;
    private long small;

    /** @param max the bound for bodies over 1 MiB, in bytes; smaller bodies may take a quarter of that in addition */
    TotalBodyMemory(long max) {
        this.mostLarge = max;
        this.mostSmall = Math.max(SMALL, max / SHARE_OF_SMALL);
    }

    /** The share of one body, which is empty at first. */
    Reservation reservation() {
        return new Reservation();
    }

    private synchronized boolean resize(long from, long to) {
        long newLarge = large - (from > SMALL ? from : 0) + (to > SMALL ? to : 0);
        long newSmall = small - (from > SMALL ? 0 : from) + (to > SMALL ? 0 : to);
        if (to > from && (to > SMALL ? newLarge > mostLarge : newSmall > mostSmall)) {
            return false;
        }
        large = newLarge;
        small = newSmall;
        return true;
    }

    /** The memory of one body. */
    final class Reservation {
        private long bytes;
        private boolean released;

        /**
         * Changes the reservation to this many bytes, or to all the memory for large bodies if that is less, so that a body that
         * is alone can be decoded. Returns false, and changes nothing, if there is no room or the reservation was released.
         */
        synchronized boolean resize(long wanted) {
            long size = Math.min(wanted, mostLarge);
            boolean fits = !released && TotalBodyMemory.this.resize(bytes, size);
            if (fits) {
                bytes = size;
            }
            return fits;
        }

        /** Gives all of it back, for good. Can be repeated. */
        synchronized void release() {
            if (!released) {
                TotalBodyMemory.this.resize(bytes, 0);
                released = true;
            }
        }
    }
}

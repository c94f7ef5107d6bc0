package io.freerouter.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The attempts that the upstream may not have counted yet: made a moment ago, and nothing heard of. It refuses before it asks
 * anybody, so it has counted whatever has reached it. Not for use by several threads at once.
 */
final class OnTheWay {
    private static final Duration A_MOMENT = Duration.ofMillis(500);

    private final Deque<Instant> attempts = new ArrayDeque<>();

    /** One is made. */
    void add(Instant now) {
        forgetBefore(now.minus(A_MOMENT));
        attempts.addLast(now);
    }

    /** The upstream has answered the one of that moment, or it was never sent. */
    void arrived(Instant at) {
        attempts.removeFirstOccurrence(at);
    }

    /** How many there are. */
    long count(Instant now) {
        forgetBefore(now.minus(A_MOMENT));
        return attempts.size();
    }

    private void forgetBefore(Instant moment) {
        while (!attempts.isEmpty() && !attempts.getFirst().isAfter(moment)) {
            attempts.removeFirst();
        }
    }
}

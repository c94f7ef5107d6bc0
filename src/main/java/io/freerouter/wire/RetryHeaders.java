package io.freerouter.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of an error that tell how many models were asked, and whether and when to ask again.
 *
 * @param headers by name
 */
record RetryHeaders(Map<String, String> headers) {
    private static final String ATTEMPTS = "X-FreeRouter-Attempts";
    private static final String RETRY_AFTER = "Retry-After";
    /** OpenAI's clients obey it, and would else ask again for what has been tried here already. */
    private static final String SHOULD_RETRY = "x-should-retry";

    RetryHeaders {
        headers = Map.copyOf(headers);
    }

    /** To ask again is of no use. */
    static RetryHeaders never() {
        return new RetryHeaders(Map.of(SHOULD_RETRY, "false"));
    }

    /** To ask again is what to do. */
    static RetryHeaders again() {
        return new RetryHeaders(Map.of(SHOULD_RETRY, "true"));
    }

    /** Nothing is said of that. */
    static RetryHeaders silent() {
        return new RetryHeaders(Map.of());
    }

    /** So many were asked. */
    RetryHeaders attempts(int attempts) {
        return with(ATTEMPTS, Integer.toString(attempts));
    }

    /** Not before a moment, if it is known; in whole seconds, since a client that comes too early is turned away once more. */
    RetryHeaders after(Optional<Instant> moment, Instant now) {
        return moment.map(at -> after(seconds(now, at))).orElse(this);
    }

    /** Not before so many seconds are over. */
    RetryHeaders after(long seconds) {
        return with(RETRY_AFTER, Long.toString(seconds));
    }

    private static long seconds(Instant now, Instant moment) {
        long wait = Duration.between(now, moment).plusSeconds(1).minusNanos(1).toSeconds();
        return Math.max(1, wait);
    }

    private RetryHeaders with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new RetryHeaders(more);
    }
}

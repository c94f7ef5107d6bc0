package io.freerouter.reply;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of an error that say how many models were asked, and whether and when a client should ask again.
 *
 * @param headers by name
 */
record RetryHeaders(Map<String, String> headers) {
    private static final String ATTEMPTS = "X-FreeRouter-Attempts";
    private static final String RETRY_AFTER = "Retry-After";
    /** OpenAI's clients obey this header. Without it they repeat a request that the gateway has already repeated. */
    private static final String SHOULD_RETRY = "x-should-retry";

    RetryHeaders {
        headers = Map.copyOf(headers);
    }

    /** Asking again is useless. */
    static RetryHeaders never() {
        return new RetryHeaders(Map.of(SHOULD_RETRY, "false"));
    }

    /** Asking again will help. */
    static RetryHeaders again() {
        return new RetryHeaders(Map.of(SHOULD_RETRY, "true"));
    }

    /** The client decides by the status. */
    static RetryHeaders silent() {
        return new RetryHeaders(Map.of());
    }

    /** Adds how many models were asked. */
    RetryHeaders attempts(int attempts) {
        return with(ATTEMPTS, Integer.toString(attempts));
    }

    /** Adds when to ask again, if that is known: in whole seconds, rounded up, so that no client comes too early. */
    RetryHeaders after(Optional<Instant> moment, Instant now) {
        return moment.map(at -> after(seconds(now, at))).orElse(this);
    }

    /** Adds in how many seconds to ask again. */
    RetryHeaders after(long seconds) {
        return with(RETRY_AFTER, Long.toString(seconds));
    }

    /** The seconds until a moment, rounded up; at least 1. */
    static long seconds(Instant now, Instant moment) {
        return Math.max(1, QuotaJson.roundedUp(Duration.between(now, moment)));
    }

    private RetryHeaders with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new RetryHeaders(more);
    }
}

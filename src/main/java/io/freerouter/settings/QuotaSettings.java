package io.freerouter.settings;

import io.freerouter.routing.QuotaRules;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How an account's requests are spent: {@code freerouter.quota.*}. Immutable: each method that sets an option returns new
 * settings.
 *
 * @param maxWait how long a request may wait for the next minute's quota; zero or more
 * @param requestsPerMinute the account's limit for a minute; {@link Long#MAX_VALUE} for no limit; empty to learn it
 * @param requestsPerDay the account's limit for a UTC day; {@link Long#MAX_VALUE} for no limit; empty to learn it
 */
public record QuotaSettings(Duration maxWait, OptionalLong requestsPerMinute, OptionalLong requestsPerDay) {
    /** Requests wait for 10 seconds at most; the upstream says what the limits are. */
    public static final QuotaSettings STANDARD =
            new QuotaSettings(Duration.ofSeconds(10), OptionalLong.empty(), OptionalLong.empty());

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is not allowed
     */
    public QuotaSettings {
        maxWait = OptionCheck.zeroOrMore("quota.maxWait", maxWait);
        requestsPerMinute.ifPresent(limit -> OptionCheck.AT_LEAST_ONE.require("quota.requestsPerMinute", limit));
        requestsPerDay.ifPresent(limit -> OptionCheck.AT_LEAST_ONE.require("quota.requestsPerDay", limit));
    }

    /**
     * Sets how long a request may wait for the next minute's quota when this minute's is used up.
     *
     * @param wait zero or more; zero for not at all; 10 seconds by default
     */
    public QuotaSettings maxWait(Duration wait) {
        return new QuotaSettings(wait, requestsPerMinute, requestsPerDay);
    }

    /**
     * Sets how many requests the account may make a minute. By default 20, once the upstream is known to be OpenRouter.
     *
     * @param requests at least 1; {@link Long#MAX_VALUE} for no limit
     */
    public QuotaSettings requestsPerMinute(long requests) {
        return new QuotaSettings(maxWait, OptionalLong.of(requests), requestsPerDay);
    }

    /**
     * Sets how many requests the account may make a UTC day. By default the upstream says how many.
     *
     * @param requests at least 1; {@link Long#MAX_VALUE} for no limit
     */
    public QuotaSettings requestsPerDay(long requests) {
        return new QuotaSettings(maxWait, requestsPerMinute, OptionalLong.of(requests));
    }

    /**
     * What is known of the account's limits beforehand.
     *
     * @return the rules
     */
    public QuotaRules rules() {
        return new QuotaRules(requestsPerMinute, requestsPerDay);
    }
}

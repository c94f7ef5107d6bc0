package io.freerouter;

import io.freerouter.routing.QuotaRules;
import java.time.Duration;
import java.util.OptionalLong;

/** How an account's requests are spent: {@code freerouter.quota.*}. */
public final class QuotaOptions {
    private Duration maxWait = Duration.ofSeconds(10);
    private OptionalLong requestsPerMinute = OptionalLong.empty();
    private OptionalLong requestsPerDay = OptionalLong.empty();

    QuotaOptions() {}

    /**
     * How long a request may wait for the minute's next one when all are used up.
     *
     * @param wait zero for not at all; 10 seconds unless set
     * @return this
     */
    public QuotaOptions maxWait(Duration wait) {
        maxWait = Checked.zeroOrMore("quota.maxWait", wait);
        return this;
    }

    /**
     * How many requests the account may make a minute. Unless set, 20 as soon as the upstream is known to be OpenRouter.
     *
     * @param requests at least 1; {@link Long#MAX_VALUE} for any number
     * @return this
     */
    public QuotaOptions requestsPerMinute(long requests) {
        requestsPerMinute = OptionalLong.of(requests);
        return this;
    }

    /**
     * How many requests the account may make a UTC day. Unless set, what the upstream tells.
     *
     * @param requests at least 1; {@link Long#MAX_VALUE} for any number
     * @return this
     */
    public QuotaOptions requestsPerDay(long requests) {
        requestsPerDay = OptionalLong.of(requests);
        return this;
    }

    QuotaRules rules() {
        return new QuotaRules(requestsPerMinute, requestsPerDay);
    }

    Duration maxWait() {
        return maxWait;
    }
}

package io.freerouter.routing;

import java.util.OptionalLong;

/**
 * How many requests an account may make, as far as it is configured. OpenRouter allows a free account 20 a minute and 50 or 1000 a
 * day (<a href="https://openrouter.ai/docs/api-reference/limits">limits</a>).
 *
 * @param minute how many a minute; empty to learn it from the upstream
 * @param day how many a UTC day; empty to learn it from the upstream
 */
public record QuotaRules(OptionalLong minute, OptionalLong day) {
    /** Any number of requests. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** How many requests a minute every account has for free models. */
    public static final long FREE_MINUTE = 20;

    /** How many requests a day an account has that never bought 10 credits. */
    public static final long FREE_DAY = 50;

    /** How many requests a day an account has that once bought 10 credits. */
    public static final long PAID_DAY = 1000;

    public QuotaRules {
        if (minute.orElse(1) < 1 || day.orElse(1) < 1) {
            throw new IllegalArgumentException("A limit must be at least 1 request");
        }
    }
}

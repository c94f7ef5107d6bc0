package io.freerouter.settings;

import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the value of an option may be. Each rule stands here once: the settings apply it, and whatever reads options from text
 * applies and quotes it.
 *
 * @param allowed what is allowed, in words that follow "must be"
 * @param test whether a value is allowed
 * @param <T> the type of the value
 */
public record OptionCheck<T>(String allowed, Predicate<? super T> test) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** A duration above zero. */
    public static final OptionCheck<Duration> POSITIVE =
            new OptionCheck<>("a duration above zero", time -> !time.isZero() && !time.isNegative());

    /** A duration of zero or more. */
    public static final OptionCheck<Duration> ZERO_OR_MORE =
            new OptionCheck<>("a duration of zero or more", time -> !time.isNegative());

    /**
     * A hundred years, which stand for a time that never ends. Unlike {@link ChronoUnit#FOREVER}, they can be added to a
     * moment, multiplied and counted in nanoseconds.
     */
    private static final Duration ENDLESS = Duration.ofDays(36_525);

    /** A number of models or requests. */
    public static final OptionCheck<Long> AT_LEAST_ONE =
            new OptionCheck<>("a whole number of at least 1", count -> count >= 1);

    /** What can be sent as the value of an HTTP header (RFC 9110, 5.5), in ASCII. */
    public static final OptionCheck<String> HEADER_TEXT = new OptionCheck<>(
            "printable ASCII text on one line", text -> text.chars().allMatch(c -> c >= ' ' && c <= '~'));

    /** The root of an API. */
    public static final OptionCheck<URI> HTTP_URL = new OptionCheck<>(
            "a URL such as https://openrouter.ai/api/v1",
            url -> url.getHost() != null && SCHEMES.contains(url.getScheme()));

    /**
     * Shortens a time that never ends.
     *
     * @param time a duration
     * @return the duration, or a hundred years if it is longer
     */
    public static Duration bounded(Duration time) {
        return time.compareTo(ENDLESS) < 0 ? time : ENDLESS;
    }

    static Duration positive(String option, Duration value) {
        return bounded(POSITIVE.require(option, value));
    }

    static Duration zeroOrMore(String option, Duration value) {
        return bounded(ZERO_OR_MORE.require(option, value));
    }

    /**
     * Returns the value if it is allowed.
     *
     * @param option the option's name, for the message
     * @param value its value
     * @return the value
     * @throws IllegalArgumentException if the value is not allowed; the message names the option, the rule and the value
     */
    T require(String option, T value) {
        if (value == null || !test.test(value)) {
            throw new IllegalArgumentException(option + " must be " + allowed + ", but was " + value);
        }
        return value;
    }

    /**
     * Returns the value if it is allowed.
     *
     * @param option the option's name, for the message
     * @param value its value, which may be secret
     * @return the value
     * @throws IllegalArgumentException if the value is not allowed; the message does not show it
     */
    T requireSecret(String option, T value) {
        if (value == null || !test.test(value)) {
            throw new IllegalArgumentException(option + " must be " + allowed);
        }
        return value;
    }
}

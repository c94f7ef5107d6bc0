package io.freerouter.openrouter.error;

import io.netty.handler.codec.DateFormatter;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads when the upstream wants to be asked again. A time that is in the past, or that cannot be read, is skipped: the next source
 * counts.
 *
 * @param now the present moment
 */
record RetryAfter(Instant now) {
    /** The longest of OpenRouter's limits, the daily one, ends at the next midnight UTC; a minute for unequal clocks. */
    static final Duration LONGEST = Duration.ofHours(24).plusMinutes(1);

    /** Netty's parser throws an exception for a longer date. */
    private static final int LONGEST_DATE = 64;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]+)?");
    private static final String RETRY_AFTER = "retry_after";
    private static final double EPOCH_MILLIS = 1e11;
    private static final double EPOCH_SECONDS = 1e9;

    /** Looks into the response's headers, then into those quoted in the error, then for the error's {@code retry_after}. */
    Optional<Instant> read(UpstreamError error) {
        return readHeaders(error::sentHeader)
                .or(() -> readHeaders(error::quotedHeader))
                .or(() -> afterSeconds(error.availability().path(RETRY_AFTER).asText()))
                .or(() -> afterSeconds(error.metadata().path(RETRY_AFTER).asText()))
                .or(() -> afterSeconds(
                        error.metadata().path("retry_after_seconds").asText()));
    }

    private Optional<Instant> readHeaders(Function<String, Optional<String>> header) {
        return header.apply("Retry-After")
                .flatMap(this::retryAfter)
                .or(() -> header.apply("retry-after-ms")
                        .flatMap(RetryAfter::number)
                        .flatMap(this::afterMillis))
                .or(() -> reset(header));
    }

    /** When a limit ends, by {@code X-RateLimit-Reset} alone: the response's header, or else the header quoted in the error. */
    Optional<Instant> readReset(UpstreamError error) {
        return reset(error::sentHeader).or(() -> reset(error::quotedHeader));
    }

    private Optional<Instant> reset(Function<String, Optional<String>> header) {
        return header.apply("X-RateLimit-Reset").flatMap(RetryAfter::number).flatMap(this::reset);
    }

    /** Seconds or a date (RFC 9110, 10.2.3). Decimals are accepted although the standard has none. */
    private Optional<Instant> retryAfter(String value) {
        return afterSeconds(value).or(() -> date(value.strip()));
    }

    private Optional<Instant> date(String value) {
        return value.length() > LONGEST_DATE
                ? Optional.empty()
                : Optional.ofNullable(DateFormatter.parseHttpDate(value))
                        .map(Date::toInstant)
                        .flatMap(this::bounded);
    }

    /** OpenRouter gives milliseconds since 1970; other gateways give seconds since then, or from now. */
    private Optional<Instant> reset(double value) {
        if (value > EPOCH_MILLIS) {
            return bounded(Instant.ofEpochMilli((long) value));
        }
        return value > EPOCH_SECONDS ? bounded(Instant.ofEpochMilli((long) (value * 1000))) : afterMillis(value * 1000);
    }

    private Optional<Instant> afterSeconds(String value) {
        return number(value).flatMap(seconds -> afterMillis(seconds * 1000));
    }

    private Optional<Instant> afterMillis(double millis) {
        return bounded(now.plusMillis(Math.round(Math.min(millis, LONGEST.toMillis()))));
    }

    private Optional<Instant> bounded(Instant moment) {
        Instant last = now.plus(LONGEST);
        return Optional.of(moment.isAfter(last) ? last : moment).filter(now::isBefore);
    }

    private static Optional<Double> number(String text) {
        return Optional.of(text.strip())
                .filter(number -> NUMBER.matcher(number).matches())
                .map(Double::valueOf);
    }
}

package io.freerouter.openrouter;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads until when the upstream asks to be left alone. What lies in the past or cannot be read is passed over for the
 * next source.
 *
 * @param now the present moment
 */
record RestTime(Instant now) {
    /** The longest of OpenRouter's limits, the daily one, ends at the next midnight UTC; a minute for unequal clocks. */
    static final Duration LONGEST = Duration.ofHours(24).plusMinutes(1);

    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]+)?");
    private static final String RETRY_AFTER = "retry_after";
    private static final double EPOCH_MILLIS = 1e11;
    private static final double EPOCH_SECONDS = 1e9;

    /** Looks into the headers, then into those that stand in the error, then for the error's {@code retry_after}. */
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
                .or(() ->
                        header.apply("retry-after-ms").flatMap(RestTime::number).flatMap(this::afterMillis))
                .or(() -> reset(header));
    }

    /** When a limit is over by its {@code X-RateLimit-Reset} alone, wherever that stands. */
    Optional<Instant> readReset(UpstreamError error) {
        return reset(error::sentHeader).or(() -> reset(error::quotedHeader));
    }

    private Optional<Instant> reset(Function<String, Optional<String>> header) {
        return header.apply("X-RateLimit-Reset").flatMap(RestTime::number).flatMap(this::reset);
    }

    /** Seconds or a date, by RFC 9110, section 10.2.3; decimals are accepted though not in the standard. */
    private Optional<Instant> retryAfter(String value) {
        return afterSeconds(value).or(() -> date(value));
    }

    private Optional<Instant> date(String value) {
        try {
            return bounded(HttpDate.parse(value.strip()));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
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

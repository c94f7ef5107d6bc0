package io.freerouter.quarkus;

import io.freerouter.catalog.ModelPattern;
import io.freerouter.routing.Forever;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.QuotaRules;
import io.freerouter.routing.Strategy;
import io.freerouter.wire.DataCollection;
import io.freerouter.wire.PriceGuard;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.Converter;

/** How options are read. A failure's message is what is allowed; whoever reports it adds the option and its value. */
public final class Converters {
    private static final String DURATIONS = "such as 30s, 500ms, 2m or a plain number of seconds";

    private Converters() {}

    /** A duration above zero. */
    public static final class PositiveDuration implements Converter<Duration> {
        private static final long serialVersionUID = 1L;

        @Override
        public Duration convert(String value) {
            return duration(value, d -> !d.isZero() && !d.isNegative(), "a duration above zero, " + DURATIONS);
        }
    }

    /** A duration of zero or more. */
    public static final class ZeroOrMoreDuration implements Converter<Duration> {
        private static final long serialVersionUID = 1L;

        @Override
        public Duration convert(String value) {
            return duration(value, d -> !d.isNegative(), "a duration of zero or more, " + DURATIONS);
        }
    }

    /** A whole number of at least 1. */
    public static final class AtLeastOne implements Converter<Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer convert(String value) {
            return number(value, 1, Integer.MAX_VALUE, "a whole number of at least 1");
        }
    }

    /** How many requests are allowed, or {@code none} where there is no limit. */
    public static final class RequestLimit implements Converter<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long convert(String value) {
            boolean none = value.strip().equalsIgnoreCase("none");
            return none
                    ? QuotaRules.UNLIMITED
                    : number(value, 1, Integer.MAX_VALUE, "a whole number of at least 1, or none");
        }
    }

    /** A TCP port, or 0. */
    public static final class Port implements Converter<Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer convert(String value) {
            return number(value, 0, 65_535, "a port number from 0 to 65535");
        }
    }

    /** An http or https URL; slashes at its end are dropped. */
    public static final class HttpUrl implements Converter<URI> {
        private static final long serialVersionUID = 1L;

        @Override
        public URI convert(String value) {
            String allowed = "a URL such as https://openrouter.ai/api/v1";
            URI url = attempt(() -> URI.create(value.strip().replaceFirst("/+$", "")), allowed);
            boolean usable =
                    url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
            return require(url, u -> usable, allowed);
        }
    }

    /** A strategy's name. */
    public static final class StrategyName implements Converter<Strategy> {
        private static final long serialVersionUID = 1L;

        @Override
        public Strategy convert(String value) {
            return Strategy.named(value.strip()).orElseThrow(() -> new IllegalArgumentException(Strategy.NAMES));
        }
    }

    /** Yes or no, and nothing else. */
    public static final class YesNo implements Converter<Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean convert(String value) {
            String word = value.strip().toLowerCase(Locale.ROOT);
            return require(word, w -> w.equals("true") || w.equals("false"), "true or false")
                    .equals("true");
        }
    }

    /** The name of an order of models. */
    public static final class Order implements Converter<OrderPolicy> {
        private static final long serialVersionUID = 1L;

        @Override
        public OrderPolicy convert(String value) {
            String name = value.strip().toUpperCase(Locale.ROOT);
            return attempt(() -> OrderPolicy.valueOf(name), "context, speed or adaptive");
        }
    }

    /** For which models nothing may be paid. */
    public static final class Guard implements Converter<PriceGuard> {
        private static final long serialVersionUID = 1L;

        @Override
        public PriceGuard convert(String value) {
            String name = value.strip().toUpperCase(Locale.ROOT);
            return attempt(() -> PriceGuard.valueOf(name), "unsuffixed, always or never");
        }
    }

    /** Whether providers may keep what they are sent. */
    public static final class Collection implements Converter<DataCollection> {
        private static final long serialVersionUID = 1L;

        @Override
        public DataCollection convert(String value) {
            return DataCollection.named(value.strip())
                    .orElseThrow(() -> new IllegalArgumentException(DataCollection.NAMES));
        }
    }

    /** A pattern for the ids of models. */
    public static final class Pattern implements Converter<ModelPattern> {
        private static final long serialVersionUID = 1L;

        @Override
        public ModelPattern convert(String value) {
            return attempt(() -> new ModelPattern(value), "the ids of models, such as z-ai/glm-5.2:free or nvidia/*");
        }
    }

    /** What can be sent as an HTTP header's value (RFC 9110, 5.5), in ASCII. */
    public static final class HeaderText implements Converter<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String convert(String value) {
            return require(
                    value.strip(),
                    text -> text.chars().allMatch(c -> c >= ' ' && c <= '~'),
                    "printable ASCII text on one line");
        }
    }

    /** A size in bytes above zero. */
    public static final class Bytes implements Converter<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long convert(String value) {
            String allowed = "a size in bytes above zero, such as 64M, 512K or a plain number";
            MemorySize size = attempt(() -> new MemorySizeConverter().convert(value.strip()), allowed);
            return require(size.asLongValue(), bytes -> bytes > 0, allowed);
        }
    }

    private static Duration duration(String value, Predicate<Duration> rule, String allowed) {
        Duration read = attempt(() -> DurationConverter.parseDuration(value.strip()), allowed);
        return Forever.atMost(require(read, rule, allowed));
    }

    private static int number(String value, int from, int to, String allowed) {
        return require(attempt(() -> Integer.valueOf(value.strip()), allowed), n -> n >= from && n <= to, allowed);
    }

    private static <T> T attempt(Supplier<T> parse, String allowed) {
        try {
            return parse.get();
        } catch (RuntimeException unreadable) {
            throw new IllegalArgumentException(allowed, unreadable);
        }
    }

    private static <T> T require(T value, Predicate<T> rule, String allowed) {
        if (value == null || !rule.test(value)) {
            throw new IllegalArgumentException(allowed);
        }
        return value;
    }
}

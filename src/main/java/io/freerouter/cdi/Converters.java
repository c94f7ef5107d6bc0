package io.freerouter.cdi;

import io.freerouter.catalog.ModelPattern;
import io.freerouter.request.StreamVerification;
import io.freerouter.request.free.DataCollection;
import io.freerouter.request.free.PriceGuard;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.QuotaRules;
import io.freerouter.routing.Strategy;
import io.freerouter.settings.OptionCheck;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.Converter;

/** Read the texts of options. The message of a failure says what is allowed. Its reporter adds the option and the value. */
public final class Converters {
    private static final String DURATIONS = ", such as 30s, 500ms, 2m or a plain number of seconds";

    private Converters() {}

    /** A duration above zero. */
    public static final class PositiveDuration implements Converter<Duration> {
        @Override
        public Duration convert(String value) {
            return duration(value, OptionCheck.POSITIVE);
        }
    }

    /** A duration of zero or more. */
    public static final class ZeroOrMoreDuration implements Converter<Duration> {
        @Override
        public Duration convert(String value) {
            return duration(value, OptionCheck.ZERO_OR_MORE);
        }
    }

    /** A whole number of at least 1. */
    public static final class AtLeastOne implements Converter<Integer> {
        @Override
        public Integer convert(String value) {
            return read(
                    () -> Integer.valueOf(value.strip()),
                    count -> OptionCheck.AT_LEAST_ONE.test().test((long) count),
                    OptionCheck.AT_LEAST_ONE.allowed());
        }
    }

    /** A number of requests, or {@code none} for no limit. */
    public static final class RequestLimit implements Converter<Long> {
        @Override
        public Long convert(String value) {
            boolean none = value.strip().equalsIgnoreCase("none");
            return none
                    ? QuotaRules.UNLIMITED
                    : read(
                            () -> Long.valueOf(value.strip()),
                            OptionCheck.AT_LEAST_ONE.test()::test,
                            OptionCheck.AT_LEAST_ONE.allowed() + ", or none");
        }
    }

    /** A TCP port, or 0. */
    public static final class Port implements Converter<Integer> {
        @Override
        public Integer convert(String value) {
            return read(
                    () -> Integer.valueOf(value.strip()),
                    port -> port >= 0 && port <= 65_535,
                    "a port number from 0 to 65535");
        }
    }

    /** An http or https URL. */
    public static final class HttpUrl implements Converter<URI> {
        @Override
        public URI convert(String value) {
            return read(
                    () -> URI.create(value.strip()), OptionCheck.HTTP_URL.test()::test, OptionCheck.HTTP_URL.allowed());
        }
    }

    /** The name of a strategy. */
    public static final class StrategyName implements Converter<Strategy> {
        @Override
        public Strategy convert(String value) {
            return named(Strategy.class, value, Strategy.NAMES);
        }
    }

    /** {@code true} or {@code false}, and nothing else. */
    public static final class YesNo implements Converter<Boolean> {
        @Override
        public Boolean convert(String value) {
            return switch (value.strip().toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("true or false");
            };
        }
    }

    /** The name of an order of models. */
    public static final class OrderName implements Converter<OrderPolicy> {
        @Override
        public OrderPolicy convert(String value) {
            return named(OrderPolicy.class, value, "context, speed or adaptive");
        }
    }

    /** The name of a price guard. */
    public static final class PriceGuardName implements Converter<PriceGuard> {
        @Override
        public PriceGuard convert(String value) {
            return named(PriceGuard.class, value, "unsuffixed, always or never");
        }
    }

    /** Whether providers may keep what they are sent. */
    public static final class DataCollectionName implements Converter<DataCollection> {
        @Override
        public DataCollection convert(String value) {
            return named(DataCollection.class, value, DataCollection.NAMES);
        }
    }

    /** What of a stream is checked. */
    public static final class StreamVerificationName implements Converter<StreamVerification> {
        @Override
        public StreamVerification convert(String value) {
            return named(StreamVerification.class, value, StreamVerification.NAMES);
        }
    }

    /** A pattern of model ids. */
    public static final class ModelIds implements Converter<ModelPattern> {
        @Override
        public ModelPattern convert(String value) {
            return read(
                    () -> new ModelPattern(value),
                    any -> true,
                    "the ids of models, such as z-ai/glm-5.2:free or nvidia/*");
        }
    }

    /** The value of an HTTP header. */
    public static final class HeaderText implements Converter<String> {
        @Override
        public String convert(String value) {
            return read(value::strip, OptionCheck.HEADER_TEXT.test()::test, OptionCheck.HEADER_TEXT.allowed());
        }
    }

    /** A size in bytes above zero. */
    public static final class Bytes implements Converter<Long> {
        @Override
        public Long convert(String value) {
            return read(
                    () -> bytes(value),
                    size -> size > 0,
                    "a size in bytes above zero, such as 64M, 512K or a plain number");
        }

        private static long bytes(String value) {
            MemorySize size = new MemorySizeConverter().convert(value.strip());
            return size == null ? 0 : size.asLongValue();
        }
    }

    private static Duration duration(String value, OptionCheck<Duration> check) {
        Duration time = read(
                () -> DurationConverter.parseDuration(value.strip()), check.test()::test, check.allowed() + DURATIONS);
        return OptionCheck.bounded(time);
    }

    private static <E extends Enum<E>> E named(Class<E> type, String value, String allowed) {
        return read(() -> Enum.valueOf(type, value.strip().toUpperCase(Locale.ROOT)), any -> true, allowed);
    }

    private static <T> T read(Supplier<T> parse, Predicate<T> test, String allowed) {
        T value;
        try {
            value = parse.get();
        } catch (RuntimeException unreadable) {
            throw new IllegalArgumentException(allowed, unreadable);
        }
        if (value == null || !test.test(value)) {
            throw new IllegalArgumentException(allowed);
        }
        return value;
    }
}

package io.freerouter.server;

import io.freerouter.cdi.Converters;
import io.freerouter.cdi.Converters.Bytes;
import io.freerouter.cdi.Converters.PositiveDuration;
import io.freerouter.cdi.Converters.YesNo;
import io.freerouter.cdi.RoutingConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** Every option of the program: those of how requests are answered, and those of the server. */
@ConfigMapping(prefix = "freerouter")
public interface FreeRouterConfig extends RoutingConfig {
    /** How streams are treated. */
    StreamingOptions stream();

    /** How coding agents are treated. */
    AgentsOptions agents();

    /** The HTTP server. */
    HttpOptions http();

    /** The page that shows what happens, and the JSON behind it. */
    UiOptions ui();

    /** What is logged and kept of requests. */
    LogOptions log();

    /** What OpenTelemetry's own variables do not say of traces. */
    TraceOptions traces();

    /** What a restart does not forget. */
    StateOptions state();

    /** How the program stops. */
    ShutdownOptions shutdown();

    interface StreamingOptions {
        /**
         * How long a stream waits for its first token before its response begins without one, kept alive by comments. A failure
         * after that can only be an error event. If it is not set, the response waits as long as the first token takes.
         */
        @WithConverter(PositiveDuration.class)
        Optional<Duration> keepAliveAfter();
    }

    interface AgentsOptions {
        /**
         * Whether requests that agents make for themselves are answered without a model, so that they cost nothing of the
         * quota: Claude Code's quota probes, topics and suggestions, and the titles of Claude Code, Codex and OpenCode, by
         * their exact words.
         */
        @WithDefault("false")
        @WithConverter(YesNo.class)
        boolean housekeeping();
    }

    interface HttpOptions {
        /** The address to listen on. */
        @WithDefault("${HOST:127.0.0.1}")
        String host();

        /** The port to listen on; 0 for any free one. */
        @WithDefault("${PORT:8000}")
        @WithConverter(Converters.Port.class)
        int port();

        /** The names that the {@code Host} header of a request may have, besides the names of the loopback address. */
        Optional<List<@WithConverter(HostAndOriginConverters.Host.class) String>> allowedHosts();

        /** Origins of web pages that may use the gateway, besides those of this machine. */
        Optional<List<@WithConverter(HostAndOriginConverters.Origin.class) String>> corsOrigins();

        /** The largest request body. */
        @WithDefault("64M")
        @WithConverter(Bytes.class)
        long maxBodySize();

        /** The most memory that all request bodies together may take. Not set: a quarter of the heap. */
        @WithConverter(Bytes.class)
        Optional<Long> maxBodiesMemory();

        /** How long the sender of a request body may be silent, and how long slow. */
        @WithDefault("30s")
        @WithConverter(PositiveDuration.class)
        Duration bodyTimeout();
    }

    interface UiOptions {
        /** Whether there is a page, and the JSON behind it. If not, nothing is kept of requests. */
        @WithDefault("true")
        @WithConverter(YesNo.class)
        boolean enabled();

        /** How many requests that have ended are kept. */
        @WithDefault("500")
        @WithConverter(Kept.class)
        int requests();
    }

    interface LogOptions {
        /** How each request that has ended is logged, besides the usual lines. If it is not set, there is no such line. */
        @WithConverter(RequestLogName.class)
        Optional<String> requests();

        /** Whether the bodies of requests and answers are kept in memory, for the page to show. Keys are taken out. */
        @WithDefault("false")
        @WithConverter(YesNo.class)
        boolean bodies();
    }

    interface TraceOptions {
        /** Whether the upstream is told which trace a request belongs to, by the header {@code traceparent}. */
        @WithDefault("false")
        @WithConverter(YesNo.class)
        boolean propagate();
    }

    /** A number of requests to keep. */
    final class Kept implements Converter<Integer> {
        private static final long serialVersionUID = 1L;
        private static final int MOST = 10_000;

        @Override
        public Integer convert(String value) {
            String text = value.strip();
            if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
                throw new IllegalArgumentException("a number from 1 to " + MOST);
            }
            return Integer.parseInt(text);
        }
    }

    /** The one way in which finished requests are logged. */
    final class RequestLogName implements Converter<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String convert(String value) {
            if (!value.strip().equalsIgnoreCase("json")) {
                throw new IllegalArgumentException("json, or not set");
            }
            return "json";
        }
    }

    interface StateOptions {
        /**
         * The file in which cooldowns, what was measured of the models, and the count of the account's requests are saved;
         * {@code none} for nowhere. Not set: a file in the service's or the user's directory for state.
         */
        Optional<Path> file();
    }

    interface ShutdownOptions {
        /** How long requests may still run after the program is told to stop. */
        @WithDefault("25s")
        @WithConverter(PositiveDuration.class)
        Duration timeout();
    }
}

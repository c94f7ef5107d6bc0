package io.freerouter.app;

import io.freerouter.quarkus.Converters;
import io.freerouter.quarkus.Converters.Bytes;
import io.freerouter.quarkus.Converters.PositiveDuration;
import io.freerouter.quarkus.Converters.YesNo;
import io.freerouter.quarkus.RoutingConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Every option of the program: those of how requests are answered, and those of the server. */
@ConfigMapping(prefix = "freerouter")
public interface FreeRouterConfig extends RoutingConfig {
    /** How streams are treated. */
    StreamingOptions stream();

    /** How coding agents are treated. */
    AgentsOptions agents();

    /** The HTTP server. */
    HttpOptions http();

    /** How the program stops. */
    ShutdownOptions shutdown();

    /** See {@link #stream()}. */
    interface StreamingOptions {
        /**
         * How long a stream waits for its first token before its response begins without one, kept alive by comments. A
         * failure after that can only be an error event. Not set: as long as it takes.
         */
        @WithConverter(PositiveDuration.class)
        Optional<Duration> keepAliveAfter();
    }

    /** See {@link #agents()}. */
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

    /** See {@link #http()}. */
    interface HttpOptions {
        /** The address to listen on. */
        @WithDefault("${HOST:127.0.0.1}")
        String host();

        /** The port to listen on; 0 for any free one. */
        @WithDefault("${PORT:8000}")
        @WithConverter(Converters.Port.class)
        int port();

        /** The largest request body that is taken. */
        @WithDefault("64M")
        @WithConverter(Bytes.class)
        long maxBodySize();
    }

    /** See {@link #shutdown()}. */
    interface ShutdownOptions {
        /** How long requests that run when the program is told to stop may take to their end. */
        @WithDefault("25s")
        @WithConverter(PositiveDuration.class)
        Duration timeout();
    }
}

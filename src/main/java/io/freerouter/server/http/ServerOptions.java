package io.freerouter.server.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The options of the HTTP server.
 *
 * @param host the address that the server listens on, as it is configured
 * @param allowedHosts names that a request's {@code Host} may have besides the names of the loopback
 * @param corsOrigins origins of web pages that may use the gateway; {@code *} stands for any characters
 * @param maxBodySize the largest request body, in bytes
 * @param maxBodiesMemory the most memory that all request bodies together may take, in bytes
 * @param bodyTimeout how long the sender of a body may be silent, and how long slow
 * @param keepAliveAfter how long a stream waits for its first token before its response begins without a token; empty: as
 *     long as the token takes
 * @param housekeeping whether requests that coding agents make for themselves are answered here, without a model
 * @param ui whether there is a page that shows what happens, and the JSON behind it
 */
public record ServerOptions(
        String host,
        List<String> allowedHosts,
        List<String> corsOrigins,
        long maxBodySize,
        long maxBodiesMemory,
        Duration bodyTimeout,
        Optional<Duration> keepAliveAfter,
        boolean housekeeping,
        boolean ui) {
    /** Copies the lists. */
    public ServerOptions {
        allowedHosts = List.copyOf(allowedHosts);
        corsOrigins = List.copyOf(corsOrigins);
    }
}

package io.freerouter.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How streams are treated.
 *
 * @param keepAliveAfter how long a stream waits for its first token before its response begins without one; empty for as
 *     long as it takes
 */
public record StreamOptions(Optional<Duration> keepAliveAfter) {}

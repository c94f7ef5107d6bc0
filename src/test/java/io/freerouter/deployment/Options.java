package io.freerouter.deployment;

import io.freerouter.server.DeclaredOption;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** What the program says of its options, in the terms of a deployment. */
final class Options {
    private Options() {}

    /** All environment variables it heeds. */
    static Set<String> variables() {
        return DeclaredOption.all().stream().flatMap(DeclaredOption::variables).collect(Collectors.toSet());
    }

    static int port() {
        return Integer.parseInt(DeclaredOption.named("freerouter.http.port").byDefault());
    }

    /** How long it finishes answers that are under way when it is told to stop. */
    static Duration shutdownTimeout() {
        return duration(DeclaredOption.named("freerouter.shutdown.timeout").byDefault());
    }

    static Duration duration(String seconds) {
        return Duration.parse("PT" + seconds);
    }
}

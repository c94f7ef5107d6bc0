package io.freerouter.testing;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

/** Asks the gateway under test how it is. */
public final class Probe {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Probe() {}

    /** Waits until it is ready; the list of models is read in the background. */
    public static void awaitReady() {
        awaitReadiness(200);
    }

    /** Waits until it is not, or no longer, ready. */
    public static void awaitUnready() {
        awaitReadiness(503);
    }

    private static void awaitReadiness(int status) {
        Instant end = Instant.now().plus(PATIENCE);
        while (get("/health/ready").statusCode() != status) {
            assertThat(Instant.now()).isBefore(end);
        }
    }
}

package io.freerouter.http;

import io.freerouter.engine.Router;
import io.freerouter.failure.Refusal;
import io.freerouter.wire.RefusalWriter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means, too: there is a key. Without one every chat is refused, so nobody should be sent here, but the process has
 * no fault that a restart would mend. Tells what to do about it.
 */
@Readiness
@Singleton
class KeyReady implements HealthCheck {
    private final Router router;

    KeyReady(Router router) {
        this.router = router;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("key");
        boolean missing =
                router.refusesAll().filter(Refusal.NoKey.class::isInstance).isPresent();
        return missing
                ? check.down()
                        .withData("missing", "OPENROUTER_API_KEY")
                        .withData("message", RefusalWriter.NO_KEY)
                        .build()
                : check.up().build();
    }
}

package io.freerouter.routing;

import io.freerouter.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a failed model rests.
 *
 * @param standard how long when the upstream names no time of its own; zero for not at all
 */
public record CooldownRules(Duration standard) {
    public CooldownRules {
        if (standard.isNegative()) {
            throw new IllegalArgumentException("A cooldown must not be negative, but was " + standard);
        }
    }

    /** Until when a model rests that failed just now; empty where the failure does not speak against the model. */
    public Optional<Instant> restUntil(Failure failure, Instant now) {
        return failure.kind().restsModel()
                ? failure.restUntil().or(() -> Optional.of(now.plus(standard)))
                : Optional.empty();
    }
}

package io.freerouter.simulation;

import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Pace;
import io.freerouter.routing.Strategy;
import java.time.Duration;
import java.util.Locale;

/**
 * A way to route that is tried.
 *
 * @param name what it is called in the table
 * @param pace how eagerly models are asked
 * @param minHedgeDelay the least time before one more is
 * @param order who is asked first
 * @param stream whether streams are asked for, or whole answers
 */
record Plan(String name, Pace pace, Duration minHedgeDelay, OrderPolicy order, boolean stream) {
    /** As it is where nothing is configured. */
    static Plan standard(Strategy strategy, boolean stream) {
        return new Plan(
                strategy.name().toLowerCase(Locale.ROOT),
                strategy.pace(),
                Duration.ofSeconds(1),
                OrderPolicy.CONTEXT,
                stream);
    }

    /** A hedge with another width and delay. */
    static Plan hedge(int width, long seconds, boolean stream) {
        Duration delay = Duration.ofSeconds(seconds);
        String name = "hedge %d × %d s".formatted(width, seconds);
        return new Plan(name, new Pace(width, delay, delay), Duration.ofSeconds(1), OrderPolicy.CONTEXT, stream);
    }

    Plan min(long millis) {
        return new Plan(name + ", min " + millis + " ms", pace, Duration.ofMillis(millis), order, stream);
    }

    Plan order(OrderPolicy other) {
        return new Plan(name + ", " + other.name().toLowerCase(Locale.ROOT), pace, minHedgeDelay, other, stream);
    }
}

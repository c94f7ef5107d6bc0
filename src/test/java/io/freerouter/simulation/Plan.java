package io.freerouter.simulation;

import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Strategy;
import java.time.Duration;
import java.util.Locale;

/**
 * A way to route that is tried.
 *
 * @param name what it is called in the table
 * @param hedging how eagerly models are asked
 * @param minHedgeDelay the least time before one more is
 * @param order who is asked first
 * @param stream whether streams are asked for, or whole answers
 * @param attempts how many models a request may ask
 */
record Plan(
        String name, HedgingPolicy hedging, Duration minHedgeDelay, OrderPolicy order, boolean stream, int attempts) {
    /** As {@link RaceRules} has it where nothing is configured. */
    private static final int ATTEMPTS = 8;

    Plan(String name, HedgingPolicy hedging, Duration minHedgeDelay, OrderPolicy order, boolean stream) {
        this(name, hedging, minHedgeDelay, order, stream, ATTEMPTS);
    }

    /** As it is where nothing is configured. */
    static Plan standard(Strategy strategy, boolean stream) {
        return new Plan(
                strategy.name().toLowerCase(Locale.ROOT),
                strategy.hedging(),
                Duration.ofSeconds(1),
                OrderPolicy.CONTEXT,
                stream);
    }

    /** A hedge with another width and delay. */
    static Plan hedge(int width, long seconds, boolean stream) {
        Duration delay = Duration.ofSeconds(seconds);
        String name = "hedge %d × %d s".formatted(width, seconds);
        return new Plan(
                name, new HedgingPolicy(width, delay, delay), Duration.ofSeconds(1), OrderPolicy.CONTEXT, stream);
    }

    Plan min(long millis) {
        return new Plan(name + ", min " + millis + " ms", hedging, Duration.ofMillis(millis), order, stream);
    }

    Plan attempts(int most) {
        return new Plan(name + ", up to " + most + " models", hedging, minHedgeDelay, order, stream, most);
    }

    Plan order(OrderPolicy other) {
        return new Plan(name + ", " + other.name().toLowerCase(Locale.ROOT), hedging, minHedgeDelay, other, stream);
    }
}

package io.freerouter.routing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The hedging policies that users choose by name. */
public enum Strategy {
    /** One model after another. The delays apply to requests that ask for a greater width. */
    FALLBACK(new HedgingPolicy(1, Duration.ofSeconds(10), Duration.ofSeconds(30))),
    /** One more model if the first one is silent for long. */
    HEDGE(new HedgingPolicy(2, Duration.ofSeconds(10), Duration.ofSeconds(30))),
    /** Three models at once; the first token wins. */
    RACE(new HedgingPolicy(3, Duration.ZERO, Duration.ZERO));

    /** All names, in words a user reads. */
    public static final String NAMES = "fallback, hedge or race";

    private final HedgingPolicy hedging;

    Strategy(HedgingPolicy hedging) {
        this.hedging = hedging;
    }

    /** The strategy of this name, in upper or lower case; empty if there is none. */
    public static Optional<Strategy> named(String name) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** The policy that the name stands for. */
    public HedgingPolicy hedging() {
        return hedging;
    }
}

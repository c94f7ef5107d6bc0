package io.freerouter.routing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Paces by name. */
public enum Strategy {
    /** One model after another; the delays are those of a request that asks for more. */
    FALLBACK(new Pace(1, Duration.ofSeconds(10), Duration.ofSeconds(30))),
    /** One more model while the first is silent for long. */
    HEDGE(new Pace(2, Duration.ofSeconds(10), Duration.ofSeconds(30))),
    /** Three models at once; the first token wins. */
    RACE(new Pace(3, Duration.ZERO, Duration.ZERO));

    /** What may be written, in words. */
    public static final String NAMES = "fallback, hedge or race";

    private final Pace pace;

    Strategy(Pace pace) {
        this.pace = pace;
    }

    /** The strategy of this name, in any case; empty if there is none. */
    public static Optional<Strategy> named(String name) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** How eagerly models are asked by it. */
    public Pace pace() {
        return pace;
    }
}

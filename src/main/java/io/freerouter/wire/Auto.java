package io.freerouter.wire;

import io.freerouter.catalog.Ability;
import io.freerouter.routing.OrderPolicy;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The names by which a caller leaves the choice of the model to us. */
enum Auto {
    /** Any model. */
    ANY("auto", null, null),
    /** One that calls tools. */
    TOOLS("auto:tools", Ability.TOOLS, null),
    /** One that looks at images. */
    VISION("auto:vision", Ability.IMAGES, null),
    /** The larger context first. */
    LARGE("auto:large", null, OrderPolicy.CONTEXT),
    /** The faster one first. */
    FAST("auto:fast", null, OrderPolicy.SPEED);

    /** All of them, in words a user reads. */
    static final String FORMS = "auto, auto:tools, auto:vision, auto:large and auto:fast";

    private static final String PREFIX = "auto:";

    private final String word;
    private final Ability ability;
    private final OrderPolicy order;

    Auto(String word, Ability ability, OrderPolicy order) {
        this.word = word;
        this.ability = ability;
        this.order = order;
    }

    /** Whether a name is meant to be one of these. */
    static boolean isMeant(String name) {
        return name.equalsIgnoreCase(ANY.word) || name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /** The one of this name, in any case. */
    static Optional<Auto> named(String name) {
        return Arrays.stream(values())
                .filter(auto -> auto.word.equalsIgnoreCase(name))
                .findFirst();
    }

    /** What the model has to be able to do. */
    Stream<Ability> abilities() {
        return Stream.ofNullable(ability);
    }

    /** In which order models are to be asked. */
    Stream<OrderPolicy> orders() {
        return Stream.ofNullable(order);
    }
}

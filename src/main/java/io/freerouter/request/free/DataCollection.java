package io.freerouter.request.free;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a request may go to providers that keep what they are sent, as most providers of free models do. */
public enum DataCollection {
    /** To any provider. */
    ALLOW,
    /** Only to providers that keep nothing, which leaves few free models or none. */
    DENY;

    /** The names that may be written, for messages. */
    public static final String NAMES = "allow or deny";

    /** The value of this name, in any case; empty if there is none. */
    public static Optional<DataCollection> named(String name) {
        return Arrays.stream(values())
                .filter(value -> value.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** The stricter of the two. */
    DataCollection and(DataCollection other) {
        return this == DENY ? this : other;
    }
}

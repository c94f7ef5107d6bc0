package io.freerouter.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a request may go to providers who keep what they are sent, as most who serve for nothing do. */
public enum DataCollection {
    /** To any. */
    ALLOW,
    /** To none of them, which leaves few models or no model at all. */
    DENY;

    /** What may be written, in words. */
    public static final String NAMES = "allow or deny";

    /** The one of this name, in any case; empty if there is none. */
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

package io.freerouter.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What of a stream is checked before its caller gets it. */
public enum StreamVerification {
    /** All of it: it is held until it is complete. */
    ANSWER,
    /** Its tool calls. */
    TOOLS,
    /** Nothing. */
    OFF;

    /** The names that may be written, for messages. */
    public static final String NAMES = "answer, tools or off";

    /** The value of this name, in any case; empty if there is none. */
    public static Optional<StreamVerification> named(String name) {
        return Arrays.stream(values())
                .filter(value -> value.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}

package io.freerouter.demo;

import java.time.Duration;
import java.util.function.Consumer;

/** One thing a simulated model does. */
sealed interface Step {
    /** Does nothing for a while. */
    record Pause(Duration length) implements Step {
        public Pause {
            if (length.isNegative()) {
                throw new IllegalArgumentException("A pause of " + length + " cannot be; use zero or more");
            }
        }
    }

    /** Adds something to the answer. */
    record Part(Consumer<Reply> act) implements Step {}

    /** Does the last thing; nothing follows. */
    record Finale(Consumer<Reply> act) implements Step {}
}

package io.freerouter.engine;

import java.time.Instant;
import java.util.function.BooleanSupplier;

/** What an upstream call and the attempt that makes it tell each other. Safe to use from any thread. */
@FunctionalInterface
public interface CallWatch extends BooleanSupplier {
    /** Whether the call may write its request. Asked once, when there is a connection. */
    @Override
    boolean getAsBoolean();

    /**
     * Part of the answer has come, and is held back until it has been checked. The model speaks, although the call has no first
     * token yet.
     */
    default void held(Instant now) {}
}

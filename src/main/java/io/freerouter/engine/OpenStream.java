package io.freerouter.engine;

import io.smallrye.mutiny.Multi;
import java.util.concurrent.CancellationException;

/** An answer that has begun: its first token is here, the rest is on its way. */
public interface OpenStream {
    /**
     * The server-sent events from the first on, as they came, one or more whole events an item, each ending in an empty
     * line. Can be subscribed to once. Honours demand; cancelling closes the upstream call. Fails with
     * {@link io.freerouter.failure.AttemptFailed} if the stream breaks, with a {@link CancellationException} once it is closed.
     */
    Multi<String> events();

    /** What the answer has told so far beside what it says; all of it once it has come to its end. */
    Findings findings();

    /** Whether the answer has said that it is finished, so that only formalities may follow: its usage, an end mark. */
    boolean isFinished();

    /** Gives the stream up: closes the upstream call, and ends whoever reads it. Harmless if it is already over. */
    void close();
}

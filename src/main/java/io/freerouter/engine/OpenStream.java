package io.freerouter.engine;

import io.smallrye.mutiny.Multi;
import java.time.Instant;
import java.util.concurrent.CancellationException;

/** An answer that has begun: its first token is here, the rest is on its way. */
public interface OpenStream {
    /**
     * The server-sent events from the first on, as they came, one or more whole events an item, each ending in an empty
     * line. Can be subscribed to once. Honours demand; cancelling closes the upstream call. Fails with
     * {@link io.freerouter.failure.AttemptException} if the stream breaks, with a {@link CancellationException} once it is closed.
     */
    Multi<String> events();

    /** What the answer has revealed so far besides its content; complete once the answer has ended. */
    AnswerMetadata metadata();

    /** About how many tokens have come so far: the number of events that say something. May be called from any thread. */
    default long tokens() {
        return 0;
    }

    /**
     * When part of the answer came last that is held back until it has been checked; the distant past if none was. The model speaks
     * then, although no item comes. May be called from any thread.
     */
    default Instant lastHeld() {
        return Instant.MIN;
    }

    /** Whether the answer has said that it is finished, so that only formalities may follow: its usage, an end mark. */
    boolean isFinished();

    /** Whether the answer has come to a proper end without saying anything. Known when the stream is handed out. */
    default boolean isEmpty() {
        return false;
    }

    /** Closes the upstream call, and ends the stream for its reader. Has no effect on a stream that is over. */
    void close();
}

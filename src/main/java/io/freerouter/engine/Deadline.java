package io.freerouter.engine;

import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Bounds an attempt in time, by the ticker's clock. */
final class Deadline {
    private Deadline() {}

    /** The same attempt, cancelled and failed as {@link FailureKind#TIMED_OUT} if it has not ended within the limit. */
    static <T> Uni<T> within(Duration limit, Ticker ticker, Uni<T> attempt) {
        return Uni.join().first(attempt, alarm(limit, ticker)).toTerminate();
    }

    private static <T> Uni<T> alarm(Duration limit, Ticker ticker) {
        return Uni.createFrom().emitter(emitter -> {
            Runnable callOff = ticker.after(limit, () -> emitter.fail(timedOut()));
            emitter.onTermination(callOff);
        });
    }

    static AttemptFailed timedOut() {
        return new AttemptFailed(Failure.of(FailureKind.TIMED_OUT));
    }
}

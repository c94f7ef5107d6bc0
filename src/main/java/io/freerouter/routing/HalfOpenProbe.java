package io.freerouter.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The half-open state after a cooldown: one request tries the model, and all others ask other models until its attempt has
 * ended. Requests that the cooldown does not concern may ask the model as well, so several attempts can run at once.
 *
 * @param since when the first running attempt began
 * @param running how many attempts are running
 */
record HalfOpenProbe(Instant since, int running) {
    static final HalfOpenProbe NONE = new HalfOpenProbe(Instant.EPOCH, 0);

    /** After this time an attempt counts as lost, so that a missing report cannot block the model for ever. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    boolean isRunning(Instant now) {
        return running > 0 && now.isBefore(lostAt());
    }

    /** Until when other requests do not ask the model; empty if no attempt is under way. */
    Optional<Instant> keepsOthersAwayUntil(Instant now) {
        return isRunning(now) ? Optional.of(lostAt()) : Optional.empty();
    }

    private Instant lostAt() {
        return since.plus(LONGEST);
    }

    HalfOpenProbe attemptStarted(Instant now) {
        return isRunning(now) ? new HalfOpenProbe(since, running + 1) : new HalfOpenProbe(now, 1);
    }

    HalfOpenProbe attemptEnded() {
        return running > 1 ? new HalfOpenProbe(since, running - 1) : NONE;
    }
}

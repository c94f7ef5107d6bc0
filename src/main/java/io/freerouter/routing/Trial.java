package io.freerouter.routing;

import java.time.Duration;
import java.time.Instant;

/**
 * The attempts that show whether a model that has failed is well again: one, or more where there was no other choice.
 *
 * @param since when the first of them began
 * @param running how many are under way
 */
record Trial(Instant since, int running) {
    static final Trial NONE = new Trial(Instant.EPOCH, 0);

    /** How long an end is waited for, in case an attempt is lost sight of: as long as most take at the very longest. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    boolean runs(Instant now) {
        return running > 0 && now.isBefore(forgottenAt());
    }

    Instant forgottenAt() {
        return since.plus(LONGEST);
    }

    /** One more attempt. */
    Trial begin(Instant now) {
        return runs(now) ? new Trial(since, running + 1) : new Trial(now, 1);
    }

    /** One attempt less. */
    Trial end() {
        return running > 1 ? new Trial(since, running - 1) : NONE;
    }
}

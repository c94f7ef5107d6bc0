package io.freerouter.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * One rest of one model. When it is over, one attempt tries the model before the others follow.
 *
 * @param scope which requests it is for
 * @param failures how many failures in a row led to it, at least 1
 * @param end when it is over
 * @param trial the attempts that have begun since the last failure
 */
record Rest(Scope scope, int failures, Instant end, Trial trial) {
    /** The first in a row. */
    static Rest first(Scope scope, Duration length, Instant now) {
        return new Rest(scope, 1, now.plus(length), Trial.NONE);
    }

    /**
     * The model has failed once more. A failure in the middle of the rest is no further one unless the model was asked
     * during it: the attempt had begun before.
     *
     * @param length how long for the first time
     */
    Rest again(Scope wanted, Duration length, Instant now, CooldownRules rules, DoubleSupplier random) {
        int count = trial.runs(now) || isOver(now) ? failures + 1 : failures;
        Instant wish = now.plus(rules.lengthened(length, count, random.getAsDouble()));
        return new Rest(scope.wider(wanted), count, wish.isAfter(end) ? wish : end, trial);
    }

    /** When a request of its scope may ask the model; empty for now. */
    Optional<Instant> until(Instant now) {
        if (!isOver(now)) {
            return Optional.of(end);
        }
        return trial.runs(now) ? Optional.of(trial.forgottenAt()) : Optional.empty();
    }

    /** Whether it has been over for so long that it says nothing about the model any more. */
    boolean isForgotten(Instant now, CooldownRules rules) {
        return !trial.runs(now) && !now.isBefore(end.plus(rules.max()));
    }

    Rest asked(Instant now) {
        return new Rest(scope, failures, end, trial.begin(now));
    }

    /** An attempt is over. */
    Rest ended() {
        return new Rest(scope, failures, end, trial.end());
    }

    /** A new catalog is here, so that what is gone may be tried if it is still listed. */
    Rest catalogRead(Instant now) {
        return scope.gone() && !isOver(now) ? new Rest(scope, failures, now, trial) : this;
    }

    /** Whether an answer to such a request says nothing about it. */
    boolean outlives(Needs needs) {
        return scope.isSpecial() && !scope.covers(needs);
    }

    /** Whether its reason lasts longer than it does: the model cannot do such requests, or wants money. */
    boolean isLasting() {
        return scope.isLasting();
    }

    private boolean isOver(Instant now) {
        return !now.isBefore(end);
    }
}

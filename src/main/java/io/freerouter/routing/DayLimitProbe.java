package io.freerouter.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the upstream enforces the day's limit that it names. For some accounts the limit is a policy only: requests beyond it
 * are answered. So while a day is used up by the upstream's count, but the upstream has refused nothing, one attempt is made
 * every ten minutes. If the day is used up when the program starts, the first attempt is made at once. If the upstream accepts
 * such an attempt, the day is open until the upstream refuses one. Not for several threads at once.
 */
final class DayLimitProbe {
    /** Long enough not to burden an account whose limit is enforced, short enough not to lose a day. */
    static final Duration PAUSE = Duration.ofMinutes(10);

    private Instant nextTrial = Instant.MIN;
    private Instant trial = Instant.MIN;
    private Instant openUntil = Instant.MIN;

    /** Whether no attempt beyond the limit may be made now. */
    boolean isClosed(Instant now) {
        if (nextTrial.equals(Instant.MAX)) {
            nextTrial = now.plus(PAUSE);
        }
        return !now.isBefore(openUntil) && now.isBefore(nextTrial);
    }

    /** The day is not used up. */
    void notReached() {
        nextTrial = Instant.MAX;
        openUntil = Instant.MIN;
    }

    /** An attempt beyond the limit is made. */
    void attempted(Instant now) {
        trial = now;
        nextTrial = now.plus(PAUSE);
    }

    /** The upstream accepted the attempt counted at {@code at}. */
    void accepted(Instant at, Instant endOfDay) {
        if (at.equals(trial)) {
            openUntil = endOfDay;
        }
    }

    /** The attempt counted at {@code at} was not made. */
    void givenBack(Instant at) {
        if (at.equals(trial)) {
            nextTrial = at;
        }
    }

    /** When an attempt beyond the limit may be made; empty if none was made yet, or if the day was not used up. */
    Optional<Instant> nextTrial() {
        return Optional.of(nextTrial).filter(at -> !at.equals(Instant.MIN) && !at.equals(Instant.MAX));
    }

    /** Until when the day is open beyond its limit; empty if it is not. */
    Optional<Instant> openUntil() {
        return Optional.of(openUntil).filter(at -> !at.equals(Instant.MIN));
    }

    /** Begins with what an earlier process knew of this day. */
    void restore(Ledger.Day saved, Instant now) {
        Instant latest = now.plus(PAUSE);
        nextTrial =
                saved.nextTrial().map(at -> at.isBefore(latest) ? at : latest).orElse(Instant.MIN);
        openUntil = saved.openUntil()
                .map(at -> at.isBefore(saved.end()) ? at : saved.end())
                .orElse(Instant.MIN);
    }

    /** The upstream enforces the limit. */
    void refused() {
        openUntil = Instant.MIN;
    }
}

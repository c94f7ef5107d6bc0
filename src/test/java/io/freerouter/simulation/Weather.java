package io.freerouter.simulation;

import java.time.Duration;

/** What state a model is in at a moment. It changes in spells of ten minutes. */
record Weather(long seed, Regime regime) {
    private static final Duration SPELL = Duration.ofMinutes(10);

    /** The states of a model. */
    enum State {
        WELL,
        SLOW,
        LIMITED,
        DOWN
    }

    State of(String model, Duration time) {
        long spell = time.dividedBy(SPELL);
        String author = model.split("/", 2)[0];
        if (Chance.of(seed, "author", author, spell).is(regime.authorDown)) {
            return State.DOWN;
        }
        double share = Chance.of(seed, "spell", model, spell).share();
        if (share < regime.down) {
            return State.DOWN;
        }
        if (share < regime.down + regime.limited) {
            return State.LIMITED;
        }
        return share < regime.down + regime.limited + regime.slow ? State.SLOW : State.WELL;
    }
}

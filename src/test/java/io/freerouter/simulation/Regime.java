package io.freerouter.simulation;

/**
 * How well the pool is. All numbers are shares.
 *
 * <p>The first three are of spells of some minutes in which a model, or all models of an author, are in a bad way; the
 * last three of the calls that go wrong at other times.
 */
enum Regime {
    /** Almost all is well. */
    HEALTHY(0, 0.005, 0.015, 0.04, 0.005, 0.003, 0.003),
    /** Every model has its bad spells. */
    FLAKY(0.03, 0.07, 0.15, 0.15, 0.05, 0.02, 0.02),
    /** Providers are down together, and most of what is left is over its limit. */
    BAD_DAY(0.35, 0.1, 0.4, 0.3, 0.08, 0.04, 0.03);

    final double authorDown;
    final double down;
    final double limited;
    final double slow;
    final double fails;
    final double hangs;
    final double breaks;

    Regime(double authorDown, double down, double limited, double slow, double fails, double hangs, double breaks) {
        this.authorDown = authorDown;
        this.down = down;
        this.limited = limited;
        this.slow = slow;
        this.fails = fails;
        this.hangs = hangs;
        this.breaks = breaks;
    }
}

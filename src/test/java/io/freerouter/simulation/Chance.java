package io.freerouter.simulation;

import java.util.Arrays;
import java.util.Random;

/**
 * Chance that is the same for the same thing, however often and in whatever order it is asked: so all plans meet with the
 * same fortune, and differ only by what they make of it.
 */
final class Chance {
    private final Random random;

    private Chance(Random random) {
        this.random = random;
    }

    static Chance of(Object... thing) {
        return new Chance(new Random(Arrays.hashCode(thing) * 0x9E3779B97F4A7C15L));
    }

    /** From 0 to 1. */
    double share() {
        return random.nextDouble();
    }

    boolean is(double probability) {
        return share() < probability;
    }

    double between(double low, double high) {
        return low + (high - low) * share();
    }

    /** Each order of magnitude as likely as any other. */
    double scaleBetween(double low, double high) {
        return Math.exp(between(Math.log(low), Math.log(high)));
    }

    double logNormal(double median, double sigma) {
        return median * Math.exp(sigma * random.nextGaussian());
    }
}

package io.freerouter.simulation;

import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import java.time.Duration;

/**
 * The simulated models. What becomes of a call hangs on the model, the moment and the request alone, not on what else was
 * asked.
 */
record Pool(long seed, Regime regime, Weather weather) {
    /** How much longer a model takes in a slow spell. */
    private static final double SLOWED = 3;

    private static final double TAIL_SHARE = 0.02;
    private static final double TAIL_FACTOR = 5;
    private static final long STREAM_MILLIS = 5000;

    Pool(long seed, Regime regime) {
        this(seed, regime, new Weather(seed, regime));
    }

    /** What a call leads to that is made at this time, counted from the beginning, for this request. */
    ModelScript call(String model, long request, boolean stream, Duration time) {
        Chance chance = Chance.of(seed, "call", model, request);
        return switch (weather.of(model, time)) {
            case DOWN -> chance.is(0.3) ? ModelScript.hang() : fail(chance, FailureKind.SERVER_ERROR, 503);
            case LIMITED ->
                chance.is(0.9) ? fail(chance, FailureKind.RATE_LIMITED, 429) : normal(model, chance, stream, time, 1);
            case SLOW -> normal(model, chance, stream, time, SLOWED);
            case WELL -> normal(model, chance, stream, time, 1);
        };
    }

    private ModelScript normal(String model, Chance chance, boolean stream, Duration time, double slowed) {
        if (chance.is(regime.hangs)) {
            return ModelScript.hang();
        }
        if (chance.is(regime.fails)) {
            return chance.is(0.5)
                    ? fail(chance, FailureKind.SERVER_ERROR, 502)
                    : fail(chance, FailureKind.NO_ANSWER, 200);
        }
        boolean breaks = chance.is(regime.breaks);
        double first = Math.max(50, 1000 * slowed * firstToken(model, chance, time));
        return stream
                ? stream((long) first, breaks)
                : whole((long) (first + 1000 * slowed * rest(model, chance, time)), breaks);
    }

    private static ModelScript stream(long first, boolean breaks) {
        ModelScript begun = ModelScript.say(first, "token");
        return breaks
                ? begun.breaks(first + STREAM_MILLIS / 2, Failure.of(FailureKind.BROKEN))
                : begun.complete(first + STREAM_MILLIS);
    }

    private static ModelScript whole(long millis, boolean breaks) {
        return breaks
                ? ModelScript.fail(millis / 2, Failure.of(FailureKind.BROKEN))
                : ModelScript.say(millis, "answer");
    }

    /** Seconds: each day another median from 0.5 to 6, with a heavy tail. */
    private double firstToken(String model, Chance chance, Duration time) {
        Chance day = Chance.of(seed, "first token", model, time.toDays());
        double seconds = chance.logNormal(day.scaleBetween(0.5, 6), day.between(0.4, 0.8));
        return chance.is(TAIL_SHARE) ? TAIL_FACTOR * seconds : seconds;
    }

    /** Seconds from the first token to the end of a whole answer, whose length is as different as what agents ask. */
    private double rest(String model, Chance chance, Duration time) {
        return chance.logNormal(Chance.of(seed, "rest", model, time.toDays()).scaleBetween(3, 12), 0.8);
    }

    private static ModelScript fail(Chance chance, FailureKind kind, int status) {
        return ModelScript.fail((long) chance.between(100, 800), RouterBench.failure(kind, status));
    }
}

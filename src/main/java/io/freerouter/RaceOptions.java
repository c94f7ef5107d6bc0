package io.freerouter;

import io.freerouter.routing.Pace;
import io.freerouter.routing.PaceRules;
import io.freerouter.routing.RaceRules;
import io.freerouter.routing.Strategy;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How models are tried for one request: {@code freerouter.race.*}. */
public final class RaceOptions {
    private int maxAttempts = 8;
    private OptionalInt width = OptionalInt.empty();
    private int maxWidth = 4;
    private Optional<Duration> hedgeDelay = Optional.empty();
    private Duration minHedgeDelay = Duration.ofSeconds(1);
    private Duration firstTokenTimeout = Duration.ofSeconds(30);
    private Duration idleTimeout = Duration.ofSeconds(30);

    RaceOptions() {}

    /**
     * How many models may be asked for one request.
     *
     * @param models at least 1; 8 unless set
     * @return this
     */
    public RaceOptions maxAttempts(int models) {
        maxAttempts = Checked.atLeastOne("race.maxAttempts", models);
        return this;
    }

    /**
     * How many models may be asked at once, instead of what the strategy says.
     *
     * @param models at least 1
     * @return this
     */
    public RaceOptions width(int models) {
        width = OptionalInt.of(Checked.atLeastOne("race.width", models));
        return this;
    }

    /**
     * How many models one call may have asked at once.
     *
     * @param models at least 1; 4 unless set
     * @return this
     */
    public RaceOptions maxWidth(int models) {
        maxWidth = Checked.atLeastOne("race.maxWidth", models);
        return this;
    }

    /**
     * How long a running attempt may stay silent before one more is started, instead of what the strategy says. A model whose
     * answers have lately come sooner is given less.
     *
     * @param silence zero or more
     * @return this
     */
    public RaceOptions hedgeDelay(Duration silence) {
        hedgeDelay = Optional.of(Checked.zeroOrMore("race.hedgeDelay", silence));
        return this;
    }

    /**
     * How long a running attempt may stay silent in any case before one more is started, where there is a delay.
     *
     * @param silence zero or more; a second unless set
     * @return this
     */
    public RaceOptions minHedgeDelay(Duration silence) {
        minHedgeDelay = Checked.zeroOrMore("race.minHedgeDelay", silence);
        return this;
    }

    /**
     * How long one model may take to the first token of a stream.
     *
     * @param time above zero; 30 seconds unless set
     * @return this
     */
    public RaceOptions firstTokenTimeout(Duration time) {
        firstTokenTimeout = Checked.positive("race.firstTokenTimeout", time);
        return this;
    }

    /**
     * How long a stream that has begun may be silent before it counts as broken.
     *
     * @param silence above zero; 30 seconds unless set
     * @return this
     */
    public RaceOptions idleTimeout(Duration silence) {
        idleTimeout = Checked.positive("race.idleTimeout", silence);
        return this;
    }

    RaceRules rules(Duration requestTimeout) {
        return new RaceRules(maxAttempts, firstTokenTimeout, requestTimeout, idleTimeout, minHedgeDelay);
    }

    PaceRules paces(Strategy strategy) {
        Pace preset = strategy.pace();
        Pace standard = new Pace(
                width.orElse(preset.width()),
                hedgeDelay.orElse(preset.streamDelay()),
                hedgeDelay.orElse(preset.wholeDelay()));
        return new PaceRules(standard, maxWidth);
    }
}

package io.freerouter.settings;

import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.RaceRules;
import io.freerouter.routing.Strategy;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How models are tried for one request: {@code freerouter.race.*}. Immutable: each method that sets an option returns new
 * settings.
 *
 * @param maxAttempts how many models may be asked for one request; at least 1
 * @param width how many models may be asked at once; at least 1; empty for what the {@link Strategy} says
 * @param maxWidth the greatest width that one call may ask for; at least 1
 * @param hedgeDelay how long an attempt may stay silent before one more is started; zero or more; empty for what the
 *     {@link Strategy} says
 * @param minHedgeDelay the least delay that is learned from a model's answers; zero or more
 * @param firstTokenTimeout how long one model may take to the first token of a stream; above zero
 * @param idleTimeout how long a stream that has begun may be silent; above zero
 * @param totalTimeout how long a request may take until its answer begins, all its models together; above zero; empty for 280
 *     seconds, or for the time of one model if that is longer
 */
public record RaceSettings(
        int maxAttempts,
        OptionalInt width,
        int maxWidth,
        Optional<Duration> hedgeDelay,
        Duration minHedgeDelay,
        Duration firstTokenTimeout,
        Duration idleTimeout,
        Optional<Duration> totalTimeout) {
    /** Eight attempts, a width and a hedge delay by the strategy, 30 seconds to the first token and between tokens. */
    public static final RaceSettings STANDARD = new RaceSettings(
            8,
            OptionalInt.empty(),
            4,
            Optional.empty(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Optional.empty());

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is not allowed
     */
    public RaceSettings {
        OptionCheck.AT_LEAST_ONE.require("race.maxAttempts", (long) maxAttempts);
        width.ifPresent(models -> OptionCheck.AT_LEAST_ONE.require("race.width", (long) models));
        OptionCheck.AT_LEAST_ONE.require("race.maxWidth", (long) maxWidth);
        hedgeDelay = hedgeDelay.map(delay -> OptionCheck.zeroOrMore("race.hedgeDelay", delay));
        minHedgeDelay = OptionCheck.zeroOrMore("race.minHedgeDelay", minHedgeDelay);
        firstTokenTimeout = OptionCheck.positive("race.firstTokenTimeout", firstTokenTimeout);
        idleTimeout = OptionCheck.positive("race.idleTimeout", idleTimeout);
        totalTimeout = totalTimeout.map(time -> OptionCheck.positive("race.totalTimeout", time));
    }

    /**
     * Sets how many models may be asked for one request.
     *
     * @param models at least 1; 8 by default
     */
    public RaceSettings maxAttempts(int models) {
        return new RaceSettings(
                models, width, maxWidth, hedgeDelay, minHedgeDelay, firstTokenTimeout, idleTimeout, totalTimeout);
    }

    /**
     * Sets how many models may be asked at once, instead of what the {@link Strategy} says.
     *
     * @param models at least 1
     */
    public RaceSettings width(int models) {
        return new RaceSettings(
                maxAttempts,
                OptionalInt.of(models),
                maxWidth,
                hedgeDelay,
                minHedgeDelay,
                firstTokenTimeout,
                idleTimeout,
                totalTimeout);
    }

    /**
     * Sets how many models one call may have asked at once.
     *
     * @param models at least 1; 4 by default
     */
    public RaceSettings maxWidth(int models) {
        return new RaceSettings(
                maxAttempts, width, models, hedgeDelay, minHedgeDelay, firstTokenTimeout, idleTimeout, totalTimeout);
    }

    /**
     * Sets how long an attempt may stay silent before one more is started, instead of what the {@link Strategy} says. A model
     * that lately answered sooner gets less time.
     *
     * @param silence zero or more
     */
    public RaceSettings hedgeDelay(Duration silence) {
        return new RaceSettings(
                maxAttempts,
                width,
                maxWidth,
                Optional.of(silence),
                minHedgeDelay,
                firstTokenTimeout,
                idleTimeout,
                totalTimeout);
    }

    /**
     * Sets how long an attempt may stay silent in any case before one more is started. Has no effect on a delay of zero.
     *
     * @param silence zero or more; 1 second by default
     */
    public RaceSettings minHedgeDelay(Duration silence) {
        return new RaceSettings(
                maxAttempts, width, maxWidth, hedgeDelay, silence, firstTokenTimeout, idleTimeout, totalTimeout);
    }

    /**
     * Sets how long one model may take to the first token of a stream.
     *
     * @param time above zero; 30 seconds by default
     */
    public RaceSettings firstTokenTimeout(Duration time) {
        return new RaceSettings(
                maxAttempts, width, maxWidth, hedgeDelay, minHedgeDelay, time, idleTimeout, totalTimeout);
    }

    /**
     * Sets how long a stream that has begun may be silent before it counts as broken.
     *
     * @param silence above zero; 30 seconds by default
     */
    public RaceSettings idleTimeout(Duration silence) {
        return new RaceSettings(
                maxAttempts, width, maxWidth, hedgeDelay, minHedgeDelay, firstTokenTimeout, silence, totalTimeout);
    }

    /**
     * Sets how long a request may take until its answer begins, all its models together. By default 280 seconds, because Node's
     * {@code fetch} gives up after 300; or the time that one model may take, if that is longer.
     *
     * @param time above zero
     */
    public RaceSettings totalTimeout(Duration time) {
        return new RaceSettings(
                maxAttempts,
                width,
                maxWidth,
                hedgeDelay,
                minHedgeDelay,
                firstTokenTimeout,
                idleTimeout,
                Optional.of(time));
    }

    RaceRules rules(Duration requestTimeout) {
        RaceRules rules = new RaceRules(maxAttempts, firstTokenTimeout, requestTimeout, idleTimeout, minHedgeDelay);
        return totalTimeout.map(rules::withDeadline).orElse(rules);
    }

    HedgingPolicy.Limits hedgingLimits(Strategy strategy) {
        HedgingPolicy preset = strategy.hedging();
        HedgingPolicy standard = new HedgingPolicy(
                width.orElse(preset.width()),
                hedgeDelay.orElse(preset.streamDelay()),
                hedgeDelay.orElse(preset.wholeDelay()));
        return new HedgingPolicy.Limits(standard, maxWidth);
    }
}

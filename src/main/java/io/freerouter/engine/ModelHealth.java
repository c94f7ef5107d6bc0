package io.freerouter.engine;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.Experience;
import io.freerouter.routing.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is known of the models' health, kept up to date by what attempts led to. Safe to use from any thread. */
public final class ModelHealth {
    private final Cooldowns cooldowns;
    private final CooldownRules rules;
    private final Experience experience;
    private final Ticker ticker;

    /** Remembers in {@code cooldowns} and {@code experience}, which may be shared. */
    public ModelHealth(Cooldowns cooldowns, CooldownRules rules, Experience experience, Ticker ticker) {
        this.cooldowns = cooldowns;
        this.rules = rules;
        this.experience = experience;
        this.ticker = ticker;
    }

    /** When the model's cooldown ends; empty if it is ready. */
    Optional<Instant> restsUntil(Model model) {
        return cooldowns.restsUntil(model.id(), ticker.now());
    }

    /** How much is to be expected of asking the model; more is better. */
    double score(Model model, boolean stream) {
        return experience.score(model, stream, ticker.now());
    }

    /** The model has answered after this time: with a whole answer, or with the first token of a stream. */
    void answered(ModelId model, boolean stream, Duration took) {
        cooldowns.wake(model);
        experience.results().answered(model, ticker.now());
        experience.latencies().took(model, stream, took, ticker.now());
    }

    /**
     * The model was silent for this long when another answered. If that is longer than usual, it tells how slow the model
     * is; if not, nothing.
     */
    void outrun(ModelId model, boolean stream, Duration silent) {
        usualTime(model, stream)
                .filter(usual -> silent.compareTo(usual) > 0)
                .ifPresent(usual -> experience.latencies().took(model, stream, silent, ticker.now()));
    }

    /** How long nine of ten of the model's answers took lately, at most; empty if too few were seen. */
    Optional<Duration> usualTime(ModelId model, boolean stream) {
        return experience.latencies().p90(model, stream, ticker.now());
    }

    /** The model has failed. Tells until when it rests for that, if at all. */
    Optional<Instant> failed(ModelId model, Failure failure) {
        Instant now = ticker.now();
        Optional<Instant> until = rules.restUntil(failure, now);
        until.ifPresent(end -> {
            cooldowns.rest(model, end);
            experience.results().failed(model, now);
        });
        return until;
    }
}

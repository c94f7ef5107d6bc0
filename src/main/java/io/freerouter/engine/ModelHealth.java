package io.freerouter.engine;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.Ticker;
import java.time.Instant;
import java.util.Optional;

/** What is known of the models' health, kept up to date by what attempts led to. Safe to use from any thread. */
public final class ModelHealth {
    private final Cooldowns cooldowns;
    private final CooldownRules rules;
    private final Ticker ticker;

    /** Remembers in {@code cooldowns}, which may be shared. */
    public ModelHealth(Cooldowns cooldowns, CooldownRules rules, Ticker ticker) {
        this.cooldowns = cooldowns;
        this.rules = rules;
        this.ticker = ticker;
    }

    /** When the model's cooldown ends; empty if it is ready. */
    Optional<Instant> restsUntil(Model model) {
        return cooldowns.restsUntil(model.id(), ticker.now());
    }

    /** The model has answered. */
    void answered(ModelId model) {
        cooldowns.wake(model);
    }

    /** The model has failed. Tells until when it rests for that, if at all. */
    Optional<Instant> failed(ModelId model, Failure failure) {
        Optional<Instant> until = rules.restUntil(failure, ticker.now());
        until.ifPresent(end -> cooldowns.rest(model, end));
        return until;
    }
}

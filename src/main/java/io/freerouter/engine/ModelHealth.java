package io.freerouter.engine;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.CatalogRead;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Rests;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.Experience;
import io.freerouter.routing.Needs;
import io.freerouter.routing.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the models' health, kept up to date by what attempts led to. Each attempt is told of twice: when it
 * begins, and when it ends by an answer, a failure or being given up. Safe to use from any thread.
 */
public final class ModelHealth {
    /** What comes of a model that cannot manage such requests, rather than of its being busy or gone. */
    private static final Set<FailureKind> USELESS =
            EnumSet.of(FailureKind.NO_ANSWER, FailureKind.MALFORMED, FailureKind.BROKEN);

    private final Cooldowns cooldowns;
    private final Experience experience;
    private final Ticker ticker;
    private final Set<ModelId> charging = ConcurrentHashMap.newKeySet();

    /** Remembers in {@code cooldowns} and {@code experience}, which may be shared. */
    public ModelHealth(Cooldowns cooldowns, Experience experience, Ticker ticker) {
        this.cooldowns = cooldowns;
        this.experience = experience;
        this.ticker = ticker;
    }

    /** Until when the model rests for such a request; empty if it is ready. */
    Optional<Instant> restsUntil(Model model, Needs needs) {
        return cooldowns.restsUntil(model.id(), needs, ticker.now());
    }

    /** Whether asking the model for this would most likely be in vain. */
    boolean isBeyond(Model model, Needs needs) {
        return cooldowns.isBeyond(model.id(), needs, ticker.now());
    }

    /** Until when the model's provider had better be left alone; empty if it is well. */
    Optional<Instant> crowdedUntil(Model model) {
        return cooldowns.crowdedUntil(model.id(), ticker.now());
    }

    /** How much is to be expected of asking the model; more is better. */
    double score(Model model, boolean stream) {
        return experience.score(model, stream, ticker.now());
    }

    /** How long nine of ten of the model's answers took lately, at most; empty if too few were seen. */
    Optional<Duration> usualTime(ModelId model, boolean stream) {
        return experience.latencies().p90(model, stream, ticker.now());
    }

    /** Whether the model was of little use for such requests lately. */
    boolean isUnfit(Model model, Needs needs) {
        return experience.fitness().isUnfit(model.id(), needs.abilities(), ticker.now());
    }

    /** Whether the model has never charged for anything, whatever the catalog says. */
    boolean isFree(ModelId model) {
        return !charging.contains(model);
    }

    /** The model is asked if it is ready for such a request; tells whether it was. */
    boolean claim(ModelId model, Needs needs) {
        return cooldowns.claim(model, needs, ticker.now());
    }

    /** The model is asked, ready or not. */
    void asked(ModelId model) {
        cooldowns.asked(model, ticker.now());
    }

    /** The model has answered after this time: with a whole answer, or with the first token of a stream. */
    void answered(ModelId model, Needs needs, boolean stream, Duration took) {
        cooldowns.answered(model, needs);
        experience.results().answered(model, ticker.now());
        experience.latencies().took(model, stream, took, ticker.now());
    }

    /** The model wanted money, whatever the catalog says. */
    void charged(ModelId model) {
        charging.add(model);
    }

    /** The model's answer has come to its end. Tells whether all is well with it. */
    void judged(ModelId model, Needs needs, Findings findings) {
        findings.provider().ifPresent(provider -> cooldowns.hosts(model, provider, ticker.now()));
        experience.fitness().judged(model, needs.abilities(), findings.usable(), ticker.now());
    }

    /** The model has failed. Tells until when it rests for that; empty for not at all, or until the next catalog. */
    Optional<Instant> failed(ModelId model, Needs needs, Failure failure) {
        if (failure.kind().rests() != Rests.NOTHING) {
            experience.results().failed(model, ticker.now());
        }
        if (USELESS.contains(failure.kind())) {
            experience.fitness().judged(model, needs.abilities(), false, ticker.now());
        }
        return cooldowns.failed(model, needs, failure, ticker.now());
    }

    /**
     * An attempt was given up after this time, before it led to anything. If the model was silent for longer than usual,
     * that tells how slow it is; if not, it tells nothing.
     */
    void abandoned(ModelId model, boolean stream, Duration silent) {
        cooldowns.abandoned(model);
        usualTime(model, stream)
                .filter(usual -> silent.compareTo(usual) > 0)
                .ifPresent(usual -> experience.latencies().took(model, stream, silent, ticker.now()));
    }

    /** A listener that takes new catalogs to heart before the other one hears of them, and passes everything on. */
    public RouterListener hearingBefore(RouterListener listener) {
        return event -> {
            if (event instanceof CatalogRead) {
                cooldowns.catalogRead(ticker.now());
            }
            listener.on(event);
        };
    }
}

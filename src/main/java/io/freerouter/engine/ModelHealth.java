package io.freerouter.engine;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.CatalogRead;
import io.freerouter.engine.race.ModelReadiness;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.FailureKind.CooldownEffect;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.CooldownsSnapshot;
import io.freerouter.routing.ModelStatistics;
import io.freerouter.routing.Needs;
import io.freerouter.routing.RankedPool;
import io.freerouter.routing.RunningCooldown;
import io.freerouter.routing.StatisticsSnapshot;
import io.freerouter.routing.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Records how attempts ended in the models' cooldowns and statistics, and says what these mean for a request. Each attempt is
 * recorded twice: when it begins, and when it ends by an answer, a failure or a cancellation. Safe to use from any thread;
 * calls nobody.
 */
public final class ModelHealth {
    /** Failures of models that cannot manage such requests, rather than of models that are busy or gone. */
    private static final Set<FailureKind> USELESS =
            EnumSet.of(FailureKind.NO_ANSWER, FailureKind.MALFORMED, FailureKind.BROKEN);

    private final Cooldowns cooldowns;
    private final ModelStatistics statistics;
    private final Ticker ticker;

    /** Records in {@code cooldowns} and {@code statistics}, which may be shared. */
    public ModelHealth(Cooldowns cooldowns, ModelStatistics statistics, Ticker ticker) {
        this.cooldowns = cooldowns;
        this.statistics = statistics;
        this.ticker = ticker;
    }

    // ---- what is known

    /** When the model's cooldown for requests with these needs ends; empty if the model is ready. */
    Optional<Instant> cooldownEnd(ModelId model, Needs needs, Instant now) {
        return cooldowns.until(model, needs, now);
    }

    /** When the cooldown of the model's provider ends; empty if the provider is ready or not known. */
    public Optional<Instant> providerCooldownEnd(Model model, Instant now) {
        return cooldowns.providerUntil(model.id(), now);
    }

    /** Ranks the pool by what is known of the models. */
    RankedPool rankedPool() {
        return new RankedPool(statistics);
    }

    /** The time within which nine of ten of the model's answers came lately; empty if too few were seen. */
    public Optional<Duration> usualTime(ModelId model, boolean stream, Instant now) {
        return statistics.latencies().p90(model, stream, now);
    }

    /** Whether the model's recent answers to requests with these needs were of little use. */
    boolean isUnfit(Model model, Needs needs, Instant now) {
        return statistics.results().isUnfit(model.id(), needs.abilities(), now);
    }

    /** How many tokens this model's answer may have, by the catalog and by the limit that the model named. */
    long outputOf(Model model, Needs needs) {
        return needs.size().outputOf(model, statistics.outputs().of(model.id()));
    }

    /** The cooldowns that keep requests away from the model at this moment. */
    public List<RunningCooldown> cooldowns(ModelId model, Instant now) {
        return cooldowns.running(model, now);
    }

    /** Whether the model's recent answers to requests with tools were of little use. */
    public boolean isUnfitForTools(ModelId model, Instant now) {
        return statistics.results().isUnfit(model, Set.of(Ability.TOOLS), now);
    }

    /** Whether the model has never charged for anything, whatever the catalog says. */
    public boolean isFree(ModelId model) {
        return !statistics.charging().contains(model);
    }

    /**
     * What is known of a model when its turn in a race has come.
     *
     * @param listed whether the latest catalog lists a model as free
     */
    ModelReadiness readiness(Needs needs, Predicate<ModelId> listed) {
        return new ModelReadiness() {
            @Override
            public boolean isFree(Model model) {
                return listed.test(model.id()) && ModelHealth.this.isFree(model.id());
            }

            @Override
            public boolean startIfReady(Model model, Instant now) {
                return cooldowns.startIfReady(model.id(), needs, now);
            }

            @Override
            public boolean startEarly(Model model, Instant now) {
                return cooldowns.startEarly(model.id(), needs, now);
            }

            @Override
            public boolean isUnable(Model model, Instant now) {
                return cooldowns.isUnable(model.id(), needs, now);
            }

            @Override
            public Instant readyAt(Model model, Instant now) {
                return cooldowns.nextAttemptAt(model.id(), needs, now);
            }
        };
    }

    // ---- what is recorded

    /** Records that the model answered after this time: with a whole answer, or with the first token of a stream. */
    public void answered(ModelId model, Needs needs, boolean stream, Duration took, Instant now) {
        cooldowns.answered(model, needs);
        statistics.results().answered(model, now);
        statistics.latencies().took(model, stream, took, now);
    }

    /** Gives the model a cooldown that a user asks for; see {@link Cooldowns#coolDown}. */
    public void coolDown(ModelId model, Instant until) {
        cooldowns.coolDown(model, until);
    }

    /** Ends all cooldowns of the model. Returns whether there was one. */
    public boolean endCooldowns(ModelId model) {
        return cooldowns.end(model);
    }

    /** Records that the model charged money. It is never asked again. */
    public void charged(ModelId model) {
        statistics.charging().add(model);
    }

    /** Records what a finished answer reveals. */
    public void reviewed(ModelId model, Needs needs, AnswerMetadata metadata, Instant now) {
        metadata.provider().ifPresent(provider -> cooldowns.hosts(model, provider, now));
        statistics.results().judged(model, needs.abilities(), metadata.usable() && !metadata.repaired(), now);
    }

    /**
     * The model has failed.
     *
     * @return when the cooldown that follows ends; empty if none follows, or if it lasts until the next catalog
     */
    public Optional<Instant> failed(ModelId model, Needs needs, Failure failure, Instant now) {
        if (failure.cooldown() != CooldownEffect.NOTHING) {
            statistics.results().failed(model, now);
        }
        if (USELESS.contains(failure.kind())) {
            statistics.results().judged(model, needs.abilities(), false, now);
        }
        if (failure.kind() == FailureKind.UNSOUND_CALLS) {
            statistics.results().judged(model, Set.of(Ability.TOOLS), false, now);
        }
        if (failure.kind() == FailureKind.OUTPUT_TOO_LONG) {
            failure.limit().ifPresent(most -> statistics.outputs().learned(model, most));
        }
        return cooldowns.failed(model, needs, failure, now);
    }

    /** Records that an attempt ended in a way that says nothing of the model. */
    public void ended(ModelId model) {
        cooldowns.cancelled(model);
    }

    /**
     * Records that an attempt was cancelled before its outcome. If the model was silent for longer than usual, that tells how
     * slow it is; if not, it tells nothing.
     */
    public void cancelled(ModelId model, boolean stream, Duration silent, Instant now) {
        ended(model);
        usualTime(model, stream, now)
                .filter(usual -> silent.compareTo(usual) > 0)
                .ifPresent(usual -> statistics.latencies().took(model, stream, silent, now));
    }

    // ---- what lasts

    /** The cooldowns at this moment, for {@link #restore}. */
    public CooldownsSnapshot cooldownsSnapshot() {
        return cooldowns.snapshot(ticker.now());
    }

    /** What was measured of the models until this moment, for {@link #restore}. */
    public StatisticsSnapshot statisticsSnapshot() {
        return statistics.snapshot(ticker.now());
    }

    /** Begins with what an earlier process knew at {@code savedAt}. */
    public void restore(CooldownsSnapshot savedCooldowns, StatisticsSnapshot savedStatistics, Instant savedAt) {
        Instant now = ticker.now();
        cooldowns.restore(savedCooldowns, savedAt, now);
        statistics.restore(savedStatistics, now);
    }

    /**
     * A listener that records each new catalog, because a model that was gone may be listed again, and passes every event on.
     */
    public RouterListener recordingCatalogs(RouterListener listener) {
        return event -> {
            if (event instanceof CatalogRead) {
                cooldowns.catalogRead(ticker.now());
                statistics.outputs().catalogRead();
            }
            listener.on(event);
        };
    }
}

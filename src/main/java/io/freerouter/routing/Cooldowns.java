package io.freerouter.routing;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Rests;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;

/**
 * Which models rest, for which requests, and until when. Outlives every catalog, and remembers nothing but models that
 * have failed lately. Safe to use from any thread.
 */
public final class Cooldowns {
    private final Map<ModelId, ModelRests> models = new ConcurrentHashMap<>();
    private final Providers providers = new Providers();
    private final CooldownRules rules;
    private final DoubleSupplier random;

    /** @param random from 0 to 1, another number each time; called by any thread */
    public Cooldowns(CooldownRules rules, DoubleSupplier random) {
        this.rules = rules;
        this.random = random;
    }

    /**
     * Until when a request should not ask the model if it has another choice: the end of its rest, or, while another
     * attempt tries whether it is well again, the moment at which that is no longer waited for. Empty if it is ready.
     */
    public Optional<Instant> restsUntil(ModelId model, Needs needs, Instant now) {
        return models.getOrDefault(model, ModelRests.NONE).until(needs, now);
    }

    /** Until when the model's provider had better be left alone, if there is another choice; empty if it is well. */
    public Optional<Instant> crowdedUntil(ModelId model, Instant now) {
        return providers.restsUntil(model, now);
    }

    /** A provider has answered for a model. */
    public void hosts(ModelId model, String provider, Instant now) {
        providers.hosts(model, provider, now);
    }

    /**
     * An attempt begins, if the model is ready for such a request: of two that come at once after a rest, one is the one
     * that tries the model.
     *
     * @return false if it is not ready, and then nothing begins
     */
    public boolean claim(ModelId model, Needs needs, Instant now) {
        AtomicBoolean ready = new AtomicBoolean(true);
        change(model, rests -> {
            ready.set(rests.until(needs, now).isEmpty());
            return ready.get() ? rests.withoutForgotten(now, rules).each(rest -> rest.asked(now)) : rests;
        });
        return ready.get();
    }

    /** An attempt begins, ready or not. If the model has failed lately, it is one that tries it. */
    public void asked(ModelId model, Instant now) {
        change(model, rests -> rests.withoutForgotten(now, rules).each(rest -> rest.asked(now)));
    }

    /** The model has answered such a request: all is well again, but for what it could not do of other requests. */
    public void answered(ModelId model, Needs needs) {
        providers.answered(model);
        change(model, rests -> rests.answered(needs));
    }

    /**
     * The model has failed, in an attempt or in the middle of its answer.
     *
     * @param needs what the request asked for
     * @return until when it rests for that; empty for not at all, or until the next catalog
     */
    public Optional<Instant> failed(ModelId model, Needs needs, Failure failure, Instant now) {
        failure.provider().ifPresent(provider -> blame(provider, model, failure, now));
        Duration length = rules.first(failure, now);
        Scope scope = Scope.of(failure.kind(), needs);
        if (length.isZero() || isAboutSomethingElse(failure, scope)) {
            abandoned(model);
            return Optional.empty();
        }
        ModelRests rests = models.compute(model, (id, had) -> (had == null ? ModelRests.NONE : had)
                .failed(scope, length, now, rules, random)
                .each(Rest::ended));
        return scope.gone() ? Optional.empty() : rests.end(scope);
    }

    /** Whether it is about a part of the request that is not among its needs: then nobody else's request is like it. */
    private static boolean isAboutSomethingElse(Failure failure, Scope scope) {
        return failure.kind().rests() == Rests.SUCH_REQUESTS && !scope.isSpecial();
    }

    /** Whether the model rests since it cannot do such requests or wants money: to ask it would most likely be in vain. */
    public boolean isBeyond(ModelId model, Needs needs, Instant now) {
        return models.getOrDefault(model, ModelRests.NONE).isBeyond(needs, now);
    }

    /** What a provider has for everybody is used up: its other models are asked after all others, for a short while. */
    private void blame(String provider, ModelId model, Failure failure, Instant now) {
        providers.hosts(model, provider, now);
        if (failure.kind().rests() == Rests.MODEL_AND_PROVIDER) {
            providers.rest(provider, now.plus(rules.timeout()));
        }
    }

    /** An attempt was given up, which says nothing about the model. */
    public void abandoned(ModelId model) {
        change(model, rests -> rests.each(Rest::ended));
    }

    /** A new catalog is here: models that were gone may be tried again if it lists them. */
    public void catalogRead(Instant now) {
        providers.forget(now);
        models.keySet()
                .forEach(model -> change(model, rests -> rests.each(rest -> rest.catalogRead(now))
                        .withoutForgotten(now, rules)));
    }

    /** How many models are remembered. */
    int size() {
        return models.size();
    }

    private void change(ModelId model, UnaryOperator<ModelRests> how) {
        models.computeIfPresent(model, (id, had) -> {
            ModelRests has = how.apply(had);
            return has.isEmpty() ? null : has;
        });
    }
}

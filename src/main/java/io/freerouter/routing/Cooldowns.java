package io.freerouter.routing;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind.CooldownEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Which models cool down after failures, for which requests, and until when. When a cooldown ends, the model is half-open: one
 * attempt probes it, and other requests prefer other models until that attempt has ended.
 *
 * <p>Every attempt must be reported twice: at its start by {@link #startIfReady} or {@link #startEarly}, and at its end by
 * {@link #answered}, {@link #failed} or {@link #cancelled}.
 *
 * <p>Outlives every catalog; remembers only models that failed lately. Safe to use from any thread.
 */
public final class Cooldowns {
    /** An attempt on a failing model has mostly ended after this time. */
    private static final Duration A_WHILE = Duration.ofSeconds(3);

    /**
     * A model that was found gone less than this time ago is not asked again right after a restart. After this time, the catalog is
     * most likely a newer one.
     */
    private static final Duration RECENTLY = Duration.ofMinutes(10);

    final Map<ModelId, ModelCooldowns> models = new ConcurrentHashMap<>();
    private final ProviderCooldowns providers = new ProviderCooldowns();
    private final CooldownRules rules;
    private final DoubleSupplier random;
    /** Whether the next catalog is the first one after a restart, and so most likely the one from before it. */
    private final AtomicBoolean skipsCatalog = new AtomicBoolean();

    /** @param random gives numbers from 0 to 1; called from any thread */
    public Cooldowns(CooldownRules rules, DoubleSupplier random) {
        this.rules = rules;
        this.random = random;
    }

    /**
     * When the model is ready for a request with these needs: at the end of its cooldown or, while another attempt probes it,
     * when that attempt counts as lost. Empty if the model is ready now.
     */
    public Optional<Instant> until(ModelId model, Needs needs, Instant now) {
        ModelCooldowns cooldowns = models.get(model);
        return cooldowns == null ? Optional.empty() : cooldowns.until(needs, now);
    }

    /** When the cooldown of the model's provider ends; empty if the provider is ready or not known. */
    public Optional<Instant> providerUntil(ModelId model, Instant now) {
        return providers.until(model, now);
    }

    /** Records which provider answered for a model. */
    public void hosts(ModelId model, String provider, Instant now) {
        providers.hosts(model, provider, now);
    }

    /**
     * Starts an attempt if the model is ready for a request with these needs. Of several requests that come together when a
     * cooldown has ended, exactly one starts an attempt.
     *
     * @return false if the model is not ready; then nothing has started
     */
    public boolean startIfReady(ModelId model, Needs needs, Instant now) {
        return startIf(model, now, cooldowns -> cooldowns.until(needs, now).isEmpty());
    }

    /**
     * Starts an attempt on a model that is not ready, for a request that has no better choice. Repeated and concurrent
     * requests must not all ask a failing model, so a model gets one attempt at a time, during its cooldown and after it, until
     * it has answered.
     *
     * @return false if another attempt already probes the model; then nothing has started
     */
    public boolean startEarly(ModelId model, Needs needs, Instant now) {
        return startIf(model, now, cooldowns -> !cooldowns.isProbed(needs, now));
    }

    /**
     * When {@link #startIfReady} or {@link #startEarly} will next succeed, as far as is known now: at once or, while another
     * attempt probes the model, after a short while or at the end of the cooldown.
     */
    public Instant nextAttemptAt(ModelId model, Needs needs, Instant now) {
        ModelCooldowns cooldowns = models.getOrDefault(model, ModelCooldowns.NONE);
        if (!cooldowns.isProbed(needs, now)) {
            return now;
        }
        Instant soon = now.plus(A_WHILE);
        return cooldowns.until(needs, now).filter(soon::isAfter).orElse(soon);
    }

    /** Starts an attempt if the model's cooldowns allow it. */
    boolean startIf(ModelId model, Instant now, Predicate<ModelCooldowns> allowed) {
        AtomicBoolean started = new AtomicBoolean(true);
        change(model, cooldowns -> {
            started.set(allowed.test(cooldowns));
            return started.get() ? attemptStarted(cooldowns, now) : cooldowns;
        });
        return started.get();
    }

    private ModelCooldowns attemptStarted(ModelCooldowns cooldowns, Instant now) {
        return cooldowns.withoutForgotten(now, rules).each(cooldown -> cooldown.attemptStarted(now));
    }

    /**
     * Records that the model answered a request with these needs. That ends its cooldowns, except cooldowns for other kinds of
     * requests and a cooldown that a user asked for.
     */
    public void answered(ModelId model, Needs needs) {
        providers.answered(model);
        change(model, cooldowns -> cooldowns.answered(needs));
    }

    /**
     * Records that the model failed, before its answer or in the middle of it.
     *
     * @param needs what the request needed
     * @return until when the model cools down for this failure; empty if it does not cool down, or cools down until the catalog is
     *     read again
     */
    public Optional<Instant> failed(ModelId model, Needs needs, Failure failure, Instant now) {
        failure.provider().ifPresent(provider -> providerFailed(provider, model, failure, now));
        Duration length = rules.first(failure, now);
        CooldownScope scope = CooldownScope.of(failure.cooldown(), needs);
        if (length.isZero() || concernsNobodyElse(failure, scope)) {
            cancelled(model);
            return Optional.empty();
        }
        ModelCooldowns cooldowns = models.compute(model, (id, had) -> (had == null ? ModelCooldowns.NONE : had)
                .failed(scope, length, now, rules, random)
                .each(ModelCooldowns.Cooldown::attemptEnded));
        return scope.endsWithCatalog() ? Optional.empty() : cooldowns.end(scope);
    }

    /** Whether the model refused a part of the request that is not among its needs, so that no other request is like it. */
    private static boolean concernsNobodyElse(Failure failure, CooldownScope scope) {
        CooldownEffect effect = failure.cooldown();
        return (effect == CooldownEffect.SUCH_REQUESTS || effect == CooldownEffect.SUCH_LONG_ANSWERS)
                && !scope.isSpecial();
    }

    /** If the provider's shared limit is used up, its other models are asked last for a short while. */
    private void providerFailed(String provider, ModelId model, Failure failure, Instant now) {
        providers.hosts(model, provider, now);
        if (failure.cooldown() == CooldownEffect.MODEL_AND_PROVIDER) {
            providers.start(provider, now.plus(rules.timeout()));
        }
    }

    /**
     * Whether the model cools down because it cannot serve such requests, or because it costs money. Asking it again would
     * most likely fail again.
     */
    public boolean isUnable(ModelId model, Needs needs, Instant now) {
        ModelCooldowns cooldowns = models.get(model);
        return cooldowns != null && cooldowns.isUnable(needs, now);
    }

    /** The cooldowns that keep requests away from the model at this moment. */
    public List<RunningCooldown> running(ModelId model, Instant now) {
        return models.getOrDefault(model, ModelCooldowns.NONE).running(now);
    }

    /**
     * Gives the model a cooldown that a user asks for. Until it ends, the model is asked only if no other model is left. An
     * answer of the model does not end this cooldown.
     */
    public void coolDown(ModelId model, Instant until) {
        models.compute(model, (id, had) -> (had == null ? ModelCooldowns.NONE : had).requested(until));
    }

    /** Ends all cooldowns of the model, whatever their reason. Returns whether there was one. */
    public boolean end(ModelId model) {
        return models.remove(model) != null;
    }

    /** Records that an attempt was cancelled, which says nothing about the model. */
    public void cancelled(ModelId model) {
        change(model, cooldowns -> cooldowns.each(ModelCooldowns.Cooldown::attemptEnded));
    }

    /** Records that the catalog was read: models that the upstream did not offer before may be asked if it lists them. */
    public void catalogRead(Instant now) {
        providers.removeEnded(now);
        if (skipsCatalog.compareAndSet(true, false)) {
            return;
        }
        models.keySet()
                .forEach(model -> change(model, cooldowns -> cooldowns
                        .each(cooldown -> cooldown.catalogRead(now))
                        .withoutForgotten(now, rules)));
    }

    /** All cooldowns, for {@link #restore}. */
    public CooldownsSnapshot snapshot(Instant now) {
        return new CooldownsSnapshot(models.entrySet().stream()
                .flatMap(entry -> entry.getValue().withoutForgotten(now, rules).all().stream()
                        .map(cooldown -> cooldown.entry(entry.getKey())))
                .toList());
    }

    /**
     * Begins with the cooldowns of an earlier process. A clock that was set back since then does not lengthen them: each lasts at
     * most as long as it would have lasted when it was saved. The catalog that is read first says nothing new of models that were gone
     * a short while ago.
     *
     * @param savedAt when the snapshot was made, by the clock of that time
     */
    public void restore(CooldownsSnapshot saved, Instant savedAt, Instant now) {
        saved.cooldowns()
                .forEach(entry -> models.merge(
                        entry.model(),
                        new ModelCooldowns(List.of(ModelCooldowns.Cooldown.restored(entry, savedAt, now, rules))),
                        ModelCooldowns::and));
        models.keySet()
                .forEach(model -> change(model, cooldowns -> cooldowns
                        .each(cooldown -> absence(cooldown, now))
                        .withoutForgotten(now, rules)));
        skipsCatalog.set(true);
    }

    private static ModelCooldowns.Cooldown absence(ModelCooldowns.Cooldown cooldown, Instant now) {
        boolean isOld = cooldown.end().minus(CooldownRules.GONE).plus(RECENTLY).isBefore(now);
        return isOld ? cooldown.catalogRead(now) : cooldown;
    }

    private void change(ModelId model, UnaryOperator<ModelCooldowns> how) {
        if (models.containsKey(model)) {
            models.computeIfPresent(model, (id, had) -> {
                ModelCooldowns changed = how.apply(had);
                return changed.isEmpty() ? null : changed;
            });
        }
    }

    /**
     * Which provider hosts which model, as answers and failures say, and which providers cool down. Models whose provider cools
     * down are asked after other models. Safe to use from any thread.
     */
    private static final class ProviderCooldowns {
        /** Many times as many providers as there are; bounds the memory if an upstream makes names up. */
        private static final int MOST = 512;

        private final BoundedModelMap<String> hosts = new BoundedModelMap<>();
        private final Map<String, Instant> cooldowns = new ConcurrentHashMap<>();

        /** Records that a provider answered or failed for a model. */
        void hosts(ModelId model, String provider, Instant now) {
            hosts.update(model, now, before -> provider);
        }

        void start(String provider, Instant until) {
            if (cooldowns.size() < MOST || cooldowns.containsKey(provider)) {
                cooldowns.put(provider, until);
            }
        }

        /** Ends the cooldown of the provider that hosts this model, because it has answered. */
        void answered(ModelId model) {
            if (!cooldowns.isEmpty()) {
                hosts.find(model).ifPresent(cooldowns::remove);
            }
        }

        /** When the cooldown of the model's provider ends; empty if the provider is ready or not known. */
        Optional<Instant> until(ModelId model, Instant now) {
            return cooldowns.isEmpty()
                    ? Optional.empty()
                    : hosts.find(model).map(cooldowns::get).filter(now::isBefore);
        }

        void removeEnded(Instant now) {
            cooldowns.values().removeIf(until -> !now.isBefore(until));
        }
    }
}

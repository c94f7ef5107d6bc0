package io.freerouter.routing;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The models that can serve a request, each once, best first:
 *
 * <ol>
 *   <li>the models that the caller named,
 *   <li>the model that answered the conversation before,
 *   <li>the pool in the order of the policy,
 *   <li>models of the pool whose recent answers to such requests were of little use,
 *   <li>models that cool down, the first to be ready first. They come last, but they are not left out.
 * </ol>
 *
 * <p>The first candidates are found at once, by what is known when the request comes; others only if they are asked for. So the
 * cost of a request does not grow with the pool. Single use; not for several threads at once.
 */
public final class CandidateOrder implements Iterator<CandidateOrder.Candidate> {
    /** A few more than a request may ask as a rule. */
    static final int FIRST = 10;

    private static final Comparator<Candidate> READY_FIRST =
            Comparator.comparing(candidate -> candidate.readyAt().orElse(Instant.MIN));

    private final Suitability suitability;
    private final Inputs inputs;
    private final Map<ModelId, Model> preferred;
    private final Iterator<Model> first;
    private final Iterator<Model> pool;
    private final Queue<Model> unfit = new ArrayDeque<>();
    private final List<Candidate> waiting = new ArrayList<>();
    private final Queue<Candidate> found = new ArrayDeque<>();
    private Iterator<Candidate> last;

    private CandidateOrder(Needs needs, Map<ModelId, Model> preferred, List<Model> ranked, Inputs inputs) {
        this.suitability = Suitability.of(needs);
        this.inputs = inputs;
        this.preferred = preferred;
        this.first = preferred.values().iterator();
        this.pool = ranked.iterator();
        find(FIRST);
    }

    /**
     * The candidates for a request.
     *
     * @param policy how to order the models that the caller did not name, unless the caller chose an order
     * @param stream whether a stream is wanted
     */
    public static CandidateOrder of(
            Catalog catalog,
            Needs needs,
            boolean stream,
            OrderPolicy policy,
            RankedPool rankedPool,
            Inputs inputs,
            Instant now) {
        ModelPreference preference = needs.preference();
        List<Model> ranked = preference.poolFollows()
                ? rankedPool.of(catalog, preference.order().orElse(policy), stream, now)
                : List.of();
        return new CandidateOrder(needs, preferred(catalog, preference, inputs), ranked, inputs);
    }

    /** All models that the request allows, whether or not they can serve it, in no order. */
    public static List<Model> pool(Catalog catalog, ModelPreference preference) {
        return preference.poolFollows()
                ? catalog.models()
                : List.copyOf(named(catalog, preference).values());
    }

    /** The models that are asked even while their provider cools down. */
    private static Map<ModelId, Model> preferred(Catalog catalog, ModelPreference preference, Inputs inputs) {
        Map<ModelId, Model> preferred = named(catalog, preference);
        if (preference.poolFollows() && preference.order().isEmpty()) {
            inputs.usual()
                    .flatMap(id -> catalog.find(id.value()))
                    .filter(model -> !inputs.unfit().test(model))
                    .ifPresent(model -> preferred.putIfAbsent(model.id(), model));
        }
        return preferred;
    }

    private static Map<ModelId, Model> named(Catalog catalog, ModelPreference preference) {
        Map<ModelId, Model> named = new LinkedHashMap<>();
        preference.names().forEach(name -> catalog.resolve(name)
                .ifPresent(model -> named.putIfAbsent(model.id(), model)));
        return named;
    }

    @Override
    public boolean hasNext() {
        if (found.isEmpty()) {
            find(1);
        }
        return !found.isEmpty();
    }

    @Override
    public Candidate next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return found.remove();
    }

    private void find(int count) {
        for (Candidate candidate = find(); candidate != null; candidate = found.size() < count ? find() : null) {
            found.add(candidate);
        }
    }

    private Candidate find() {
        while (first.hasNext()) {
            Model model = first.next();
            if (isPossible(model) && isReady(model, inputs.cooldown().apply(model))) {
                return ready(model);
            }
        }
        while (pool.hasNext()) {
            Model model = pool.next();
            if (!preferred.containsKey(model.id()) && isPossible(model)) {
                if (inputs.unfit().test(model)) {
                    unfit.add(model);
                } else if (isReady(model, later(model))) {
                    return ready(model);
                }
            }
        }
        while (!unfit.isEmpty()) {
            Model model = unfit.remove();
            if (isReady(model, later(model))) {
                return ready(model);
            }
        }
        return findWaiting();
    }

    private boolean isPossible(Model model) {
        return suitability.fits(model) && inputs.allowed().test(model);
    }

    /** Sets the model aside if it is not ready. */
    private boolean isReady(Model model, Optional<Instant> readyAt) {
        if (readyAt.isPresent()) {
            waiting.add(new Candidate(model, readyAt));
        }
        return readyAt.isEmpty();
    }

    private static Candidate ready(Model model) {
        return new Candidate(model, Optional.empty());
    }

    /** When both the model and its provider have cooled down. */
    private Optional<Instant> later(Model model) {
        Optional<Instant> own = inputs.cooldown().apply(model);
        Optional<Instant> provider = inputs.providerCooldown().apply(model);
        return own.isPresent() && provider.isPresent()
                ? own.filter(until -> until.isAfter(provider.get())).or(() -> provider)
                : own.or(() -> provider);
    }

    private Candidate findWaiting() {
        if (last == null) {
            waiting.sort(READY_FIRST);
            last = waiting.iterator();
        }
        return last.hasNext() ? last.next() : null;
    }

    /**
     * A model that may be asked.
     *
     * @param model the model
     * @param readyAt when its cooldown ends; empty if it is ready
     */
    public record Candidate(Model model, Optional<Instant> readyAt) {}

    /**
     * What is known of the models when a request comes. The functions are called only for models that may be asked.
     *
     * @param allowed whether the model may be asked at all
     * @param cooldown when the model's cooldown ends; empty if the model is ready
     * @param providerCooldown when the cooldown of the model's provider ends; empty if the provider is ready
     * @param unfit whether the model's recent answers to such requests were of little use
     * @param usual the model that answered the request's conversation last
     */
    public record Inputs(
            Predicate<Model> allowed,
            Function<Model, Optional<Instant>> cooldown,
            Function<Model, Optional<Instant>> providerCooldown,
            Predicate<Model> unfit,
            Optional<ModelId> usual) {}
}

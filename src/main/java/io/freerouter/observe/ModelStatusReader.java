package io.freerouter.observe;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.ModelHealth;
import io.freerouter.engine.Router;
import io.freerouter.failure.FailureKind;
import io.freerouter.observe.ModelStatus.Pool;
import io.freerouter.observe.ModelStatus.State;
import io.freerouter.routing.CandidateOrder.Candidate;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.RunningCooldown;
import io.freerouter.routing.RunningCooldown.Cause;
import io.freerouter.routing.Ticker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says of each model whether it may be asked, when, and why. Decides nothing. Safe to use from any thread. */
public final class ModelStatusReader {
    private final CatalogKeeper catalogs;
    private final Router router;
    private final ModelHealth health;
    private final OrderPolicy order;
    private final ModelResults figures;
    private final Ticker ticker;

    /**
     * @param router asks the models of {@code catalogs}, and records how they do in {@code health}
     * @param order the order of the pool
     * @param history knows what was seen of the models
     */
    public ModelStatusReader(
            CatalogKeeper catalogs,
            Router router,
            ModelHealth health,
            OrderPolicy order,
            RequestHistory history,
            Ticker ticker) {
        this.catalogs = catalogs;
        this.router = router;
        this.health = health;
        this.order = order;
        this.figures = history.figures();
        this.ticker = ticker;
    }

    /** The pool in the order in which a plain request for a stream would ask it now; then models that would not be asked. */
    public Pool pool() {
        Instant now = ticker.now();
        Optional<Catalog> latest = catalogs.latest();
        Catalog catalog = latest.orElseGet(() -> new Catalog(List.of(), Instant.EPOCH));
        List<ModelStatus> models = new ArrayList<>();
        Set<ModelId> seen = new LinkedHashSet<>();
        for (Candidate candidate : router.order(catalog)) {
            seen.add(candidate.model().id());
            models.add(listed(candidate.model(), seen.size(), now));
        }
        catalog.models().stream()
                .filter(model -> seen.add(model.id()))
                .forEach(model -> models.add(listed(model, 0, now)));
        figures.models().stream()
                .filter(seen::add)
                .sorted(Comparator.comparing(ModelId::value))
                .forEach(model -> models.add(gone(model, now)));
        return new Pool(
                models,
                latest.map(Catalog::readAt),
                catalog.withheld().isPresent() ? Optional.of(catalog.withheld().getAsInt()) : Optional.empty(),
                catalog.leftOut());
    }

    /** One model; empty if nothing is known of it. */
    public Optional<ModelStatus> find(String id) {
        return pool().models().stream().filter(model -> model.id().equals(id)).findFirst();
    }

    /** Gives a model of the pool a cooldown. Returns false if there is no such model. */
    public boolean coolDown(String id, Instant until) {
        Optional<Model> model = catalogs.latest().flatMap(catalog -> catalog.find(id));
        model.ifPresent(found -> health.coolDown(found.id(), until));
        return model.isPresent();
    }

    /** Ends all cooldowns of a model of the pool. Returns false if there is no such model. */
    public boolean endCooldowns(String id) {
        Optional<Model> model = catalogs.latest().flatMap(catalog -> catalog.find(id));
        model.ifPresent(found -> health.endCooldowns(found.id()));
        return model.isPresent();
    }

    private ModelStatus listed(Model model, int place, Instant now) {
        ModelResults.Summary seen = figures.summary(model.id(), now);
        List<RunningCooldown> cooldowns = health.cooldowns(model.id(), now);
        Optional<RunningCooldown> general = cooldowns.stream()
                .filter(cooldown -> !cooldown.isSpecial())
                .max(Comparator.comparing(RunningCooldown::until));
        List<RunningCooldown> special =
                cooldowns.stream().filter(RunningCooldown::isSpecial).toList();
        Optional<Instant> provider = health.providerCooldownEnd(model, now);
        State state;
        String why;
        Optional<Instant> until = Optional.empty();
        if (!health.isFree(model.id())) {
            state = State.CHARGED;
            why = "It charged money although it is listed as free, so it is never asked again.";
        } else if (general.isPresent()) {
            RunningCooldown cooldown = general.get();
            state = cooldown.probing() ? State.HALF_OPEN : state(cooldown, seen);
            until = cooldown.cause() == Cause.ABSENCE ? Optional.empty() : Optional.of(cooldown.until());
            why = why(cooldown, seen);
        } else if (provider.isPresent()) {
            state = State.COOLING;
            until = provider;
            why = "Its provider is rate limited, so the provider's models are asked last.";
        } else if (health.isUnfitForTools(model.id(), now)) {
            state = State.UNFIT_FOR_TOOLS;
            why = "It answers, but callers could not use its recent tool calls, so requests with tools ask it late.";
        } else {
            state = State.READY;
            why = place == 0 ? "It is listed, but no plain request would ask it." : place(model, place);
        }
        return status(model.id(), Optional.of(model), place, state, until, why + also(special), seen);
    }

    private static State state(RunningCooldown cooldown, ModelResults.Summary seen) {
        boolean privacy =
                cooldown.cause() == Cause.ABSENCE && seen.lastFailure().contains(FailureKind.PRIVACY.words());
        return privacy ? State.PRIVACY : State.COOLING;
    }

    private static String why(RunningCooldown cooldown, ModelResults.Summary seen) {
        if (cooldown.probing()) {
            return "Its cooldown is over. One attempt probes it before other requests follow.";
        }
        String last = seen.lastFailure().isEmpty() ? "" : " (" + seen.lastFailure() + ")";
        return switch (cooldown.cause()) {
            case REQUESTED -> "A user gave it a cooldown. It is asked only if no other model is left.";
            case PRICE -> "It wanted money" + last + ". It is asked only if no other model is left.";
            case ABSENCE ->
                "OpenRouter does not offer it to this account" + last
                        + ". It cools down until the list of models is read again.";
            case FAILURE ->
                "It failed " + times(cooldown.failures()) + last + ". Until its cooldown ends it is asked last.";
        };
    }

    private static String times(int failures) {
        return failures == 1 ? "once" : failures + " times in a row";
    }

    private String place(Model model, int place) {
        if (model.router()) {
            return "It is a router, which picks a model at random, so it comes after the models.";
        }
        String by =
                switch (order) {
                    case CONTEXT -> "free variants first, then larger contexts";
                    case SPEED -> "the shortest expected wait first";
                    case ADAPTIVE -> "the most reliable and fastest models of late first";
                };
        return "Place " + place + " in the order of the pool: " + by + ".";
    }

    /** What else requests of some kinds have to expect. */
    private static String also(List<RunningCooldown> special) {
        return special.stream().map(ModelStatusReader::also).distinct().collect(Collectors.joining());
    }

    private static String also(RunningCooldown cooldown) {
        String what = cooldown.abilities().stream().sorted().map(Ability::words).collect(Collectors.joining(", "));
        String needs = what.isEmpty() ? "" : " that need " + what;
        String length = cooldown.bytes() > 0 || cooldown.outputTokens() > 0 ? " that are long" : "";
        return " Requests" + needs + (needs.isEmpty() || length.isEmpty() ? "" : " and") + length
                + " ask it last until " + cooldown.until() + ".";
    }

    private ModelStatus gone(ModelId id, Instant now) {
        return status(
                id,
                Optional.empty(),
                0,
                State.GONE,
                Optional.empty(),
                "OpenRouter does not list it as a free model any more.",
                figures.summary(id, now));
    }

    private static ModelStatus status(
            ModelId id,
            Optional<Model> model,
            int place,
            State state,
            Optional<Instant> until,
            String why,
            ModelResults.Summary seen) {
        return new ModelStatus(
                id.value(),
                model.map(Model::name).orElse(id.value()),
                place,
                state,
                until,
                why,
                model.map(Model::abilities).orElse(Set.of()),
                model.map(Model::assumed).orElse(Set.of()),
                model.map(Model::contextLength).orElse(0L),
                model.map(Model::maxOutput).orElse(0L),
                seen.asked(),
                seen.answered(),
                seen.firstTokenP50(),
                seen.firstTokenP90(),
                seen.tokensPerSecond(),
                seen.toolAnswers(),
                seen.validToolCalls(),
                seen.lastFailure(),
                seen.lastFailedAt());
    }
}

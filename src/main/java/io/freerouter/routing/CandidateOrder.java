package io.freerouter.routing;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * In which order models are asked: those the caller named, then the others as the policy has it. Resting ones come after
 * all that are ready, the one that wakes first before the others: last, not away.
 */
public final class CandidateOrder {
    private static final Comparator<Candidate> READY_FIRST =
            Comparator.comparing(candidate -> candidate.restsUntil().orElse(Instant.MIN));

    private CandidateOrder() {}

    /**
     * All models of a catalog, each once, in the order they should be asked.
     *
     * @param score tells what is to be expected of a model, more is better; policies may pass it over
     * @param restsUntil tells when a model's cooldown ends, empty for a model that is ready
     */
    public static List<Candidate> of(
            Catalog catalog,
            Needs needs,
            OrderPolicy policy,
            ToDoubleFunction<Model> score,
            Function<Model, Optional<Instant>> restsUntil) {
        Stream<Model> named =
                needs.wishes().names().stream().map(catalog::resolve).flatMap(Optional::stream);
        Stream<Model> pool = catalog.models().stream().sorted(policy.comparator(score));
        Set<Model> wanted = new LinkedHashSet<>();
        Stream.concat(named, pool).forEach(wanted::add);
        return wanted.stream()
                .map(model -> new Candidate(model, restsUntil.apply(model)))
                .sorted(READY_FIRST)
                .toList();
    }
}

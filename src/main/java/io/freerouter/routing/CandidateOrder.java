package io.freerouter.routing;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * In which order models are asked: those the caller named, then the one that answered the conversation before, then the others
 * as the policy has it, those of little use for such requests last. Resting ones come after all that are ready, the one that
 * wakes first before the others: last, not away. Who cannot do what is needed is not asked.
 */
public final class CandidateOrder {
    private static final Comparator<Candidate> READY_FIRST =
            Comparator.comparing(candidate -> candidate.restsUntil().orElse(Instant.MIN));

    private CandidateOrder() {}

    /**
     * The models that can do what is needed, each once, in the order they should be asked.
     *
     * @param policy how to order those the caller did not name, if the caller has no say in it
     */
    public static List<Candidate> of(Catalog catalog, Needs needs, OrderPolicy policy, Outlook outlook) {
        Suitability suitability = Suitability.of(needs);
        Set<Model> preferred = preferred(catalog, needs.wishes(), outlook);
        Stream<Candidate> others = others(catalog, needs.wishes(), policy, outlook)
                .filter(model -> !preferred.contains(model))
                .map(model -> new Candidate(model, later(outlook.restsUntil(), outlook.crowdedUntil(), model)));
        return Stream.concat(preferred.stream().map(model -> candidate(model, outlook)), others)
                .filter(candidate -> suitability.fits(candidate.model()))
                .sorted(READY_FIRST)
                .toList();
    }

    private static Candidate candidate(Model model, Outlook outlook) {
        return new Candidate(model, outlook.restsUntil().apply(model));
    }

    private static Optional<Instant> later(
            Function<Model, Optional<Instant>> one, Function<Model, Optional<Instant>> other, Model model) {
        return Stream.of(one, other)
                .flatMap(until -> until.apply(model).stream())
                .max(Instant::compareTo);
    }

    /** Whom the caller leaves the choice of, able or not, in no order. */
    public static List<Model> pool(Catalog catalog, Wishes wishes) {
        return wishes.poolFollows() ? catalog.models() : named(catalog, wishes).toList();
    }

    /** Those it matters to ask, even if their provider has much to do. */
    private static Set<Model> preferred(Catalog catalog, Wishes wishes, Outlook outlook) {
        Set<Model> preferred = named(catalog, wishes).collect(Collectors.toCollection(LinkedHashSet::new));
        boolean free = wishes.poolFollows() && wishes.order().isEmpty();
        usual(catalog, outlook).filter(model -> free).ifPresent(preferred::add);
        return preferred;
    }

    private static Stream<Model> others(Catalog catalog, Wishes wishes, OrderPolicy policy, Outlook outlook) {
        return wishes.poolFollows() ? rest(catalog, wishes.order().orElse(policy), outlook) : Stream.empty();
    }

    private static Stream<Model> named(Catalog catalog, Wishes wishes) {
        return wishes.names().stream().map(catalog::resolve).flatMap(Optional::stream);
    }

    private static Optional<Model> usual(Catalog catalog, Outlook outlook) {
        return outlook.usual().flatMap(id -> catalog.find(id.value())).filter(model -> !outlook.unfit()
                .test(model));
    }

    private static Stream<Model> rest(Catalog catalog, OrderPolicy policy, Outlook outlook) {
        Map<Boolean, List<Model>> byUnfit = catalog.models().stream()
                .sorted(policy.comparator(outlook.score()))
                .collect(Collectors.partitioningBy(outlook.unfit()));
        return Stream.concat(byUnfit.get(false).stream(), byUnfit.get(true).stream());
    }
}

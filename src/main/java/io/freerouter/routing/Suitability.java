package io.freerouter.routing;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Lack;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells which models can do what a request needs, by what the catalog says of them. What it does not say does not count. */
public final class Suitability {
    private final List<Demand> demands;

    /** One thing that is needed. */
    private record Demand(String words, boolean ofLength, Predicate<Model> met) {
        Lack lack(Collection<Model> models) {
            List<ModelId> cannot =
                    models.stream().filter(met.negate()).map(Model::id).toList();
            return new Lack(words, ofLength, cannot);
        }
    }

    private Suitability(List<Demand> demands) {
        this.demands = demands;
    }

    /** What these needs demand. Of privacy no catalog tells: who is asked for it answers or not. */
    public static Suitability of(Needs needs) {
        Stream<Demand> abilities = needs.abilities().stream()
                .filter(ability -> ability != Ability.PRIVATE)
                .sorted()
                .map(Suitability::able);
        return new Suitability(
                Stream.concat(abilities, lengths(needs.size()).stream()).toList());
    }

    private static Demand able(Ability ability) {
        return new Demand(ability.words(), false, model -> model.abilities().contains(ability));
    }

    private static List<Demand> lengths(Size size) {
        return List.of(
                new Demand(
                        "a context of about " + size.tokens() + " tokens",
                        true,
                        model -> isUnknownOrAtLeast(model.contextLength(), size.tokens())),
                new Demand(
                        "an answer of up to " + size.leastOutput() + " tokens",
                        true,
                        model -> isUnknownOrAtLeast(model.maxOutput(), size.leastOutput())));
    }

    private static boolean isUnknownOrAtLeast(long has, long wanted) {
        return has == 0 || has >= wanted;
    }

    /** Whether the model can do all of it. */
    public boolean fits(Model model) {
        return demands.stream().allMatch(demand -> demand.met().test(model));
    }

    /** What keeps some of these models out, one entry a need. */
    public List<Lack> lacks(Collection<Model> models) {
        return demands.stream()
                .map(demand -> demand.lack(models))
                .filter(lack -> !lack.models().isEmpty())
                .toList();
    }
}

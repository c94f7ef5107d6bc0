package io.freerouter.routing;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.UnmetNeed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which models can serve a request according to the catalog. If the catalog says nothing of an ability, the model counts as
 * able. No catalog says which models keep prompts private, so privacy is not checked here: the model answers or refuses.
 */
public final class Suitability {
    private final Set<Ability> abilities;
    private final RequestSize size;

    private Suitability(Set<Ability> abilities, RequestSize size) {
        this.abilities = abilities;
        this.size = size;
    }

    /** The suitability for these needs. */
    public static Suitability of(Needs needs) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        abilities.addAll(needs.abilities());
        abilities.remove(Ability.PRIVATE);
        return new Suitability(abilities, needs.size());
    }

    /** Whether the model meets all needs. */
    public boolean fits(Model model) {
        return fitsContext(model) && (abilities.isEmpty() || model.abilities().containsAll(abilities));
    }

    private boolean fitsContext(Model model) {
        return model.contextLength() == 0 || model.contextLength() >= size.tokens();
    }

    /** The needs that some of these models do not meet, each with those models. */
    public List<UnmetNeed> unmetNeeds(Collection<Model> models) {
        List<UnmetNeed> unmet = new ArrayList<>();
        abilities.forEach(ability -> add(unmet, ability.words(), false, models, model -> !model.abilities()
                .contains(ability)));
        add(unmet, "a context of about " + size.tokens() + " tokens", true, models, model -> !fitsContext(model));
        return unmet;
    }

    private static void add(
            List<UnmetNeed> unmet, String words, boolean ofLength, Collection<Model> models, Predicate<Model> lacking) {
        List<ModelId> unable = models.stream().filter(lacking).map(Model::id).toList();
        if (!unable.isEmpty()) {
            unmet.add(new UnmetNeed(words, ofLength, unable));
        }
    }
}

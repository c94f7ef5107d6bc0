package io.freerouter.wire;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.freerouter.catalog.Ability;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Wishes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whom a caller would like to be answered by.
 *
 * @param wishes by name
 * @param abilities what these have to be able to do, as far as the names say so
 */
record Wish(Wishes wishes, Set<Ability> abilities) {
    private static final String BETWEEN = ",";
    /** So many names are told apart: more than there are free models. The rest is one that leads to none. */
    private static final int MOST = 200;

    /**
     * Reads the names. A single one comes first, and then the pool; of a list, the pool belongs to it only if it says so.
     *
     * @param model OpenAI's {@code model}: a name, one of {@link Auto}'s, or several with commas between them; empty for none
     * @param models OpenRouter's {@code models}, which follow
     * @throws BadRequest if the model is meant to be one of {@link Auto}'s and is none
     */
    static Wish of(String model, List<String> models) {
        List<String> all = Arrays.stream(model.split(BETWEEN, MOST))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        List<Auto> autos = all.stream().filter(Auto::isMeant).map(Wish::auto).toList();
        List<String> names = names(Stream.concat(all.stream(), models.stream().map(String::strip)));
        boolean poolFollows = !model.contains(BETWEEN) || !autos.isEmpty() || names.isEmpty();
        Optional<OrderPolicy> order = autos.stream().flatMap(Auto::orders).findFirst();
        return new Wish(
                new Wishes(names, poolFollows, order),
                autos.stream().flatMap(Auto::abilities).collect(toUnmodifiableSet()));
    }

    /** For the model of this name and no other, whatever the name. */
    static Wish only(String model) {
        return new Wish(new Wishes(List.of(model.strip()), false, Optional.empty()), Set.of());
    }

    private static Auto auto(String name) {
        return Auto.named(name)
                .orElseThrow(() -> BadRequest.field(
                        "model",
                        "unknown_auto",
                        "'model' begins with auto, but is none of what can be asked for by that: " + Auto.FORMS + "."));
    }

    private static List<String> names(Stream<String> all) {
        return all.filter(name -> !name.isEmpty() && !Auto.isMeant(name))
                .distinct()
                .toList();
    }
}

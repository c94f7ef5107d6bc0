package io.freerouter.request;

import io.freerouter.catalog.Ability;
import io.freerouter.routing.ModelPreference;
import io.freerouter.routing.OrderPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which models a caller asks for.
 *
 * @param preference the models that are named, and whether others may follow
 * @param abilities what names such as {@code auto:tools} demand of the models
 */
record ModelSelector(ModelPreference preference, Set<Ability> abilities) {
    private static final String SEPARATOR = ",";
    /** How many names are read: more than there are free models. */
    static final int MAX_NAMES = 200;

    /** The names that leave the choice of the model to the gateway. */
    private enum Auto {
        ANY("auto", null, null),
        TOOLS("auto:tools", Ability.TOOLS, null),
        VISION("auto:vision", Ability.IMAGES, null),
        /** The larger context first. */
        LARGE("auto:large", null, OrderPolicy.CONTEXT),
        /** The faster model first. */
        FAST("auto:fast", null, OrderPolicy.SPEED);

        /** All of them, in words a user reads. */
        static final String FORMS = "auto, auto:tools, auto:vision, auto:large and auto:fast";

        private static final String PREFIX = "auto:";

        private final String word;
        private final Ability ability;
        private final OrderPolicy order;

        Auto(String word, Ability ability, OrderPolicy order) {
            this.word = word;
            this.ability = ability;
            this.order = order;
        }

        static boolean isMeant(String name) {
            return name.equalsIgnoreCase(ANY.word) || startsWith(name, PREFIX);
        }

        static Auto named(String name) {
            return Arrays.stream(values())
                    .filter(auto -> auto.word.equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> InvalidRequestException.field(
                            "model",
                            "unknown_auto",
                            "'model' begins with auto: but is none of these names: " + FORMS + "."));
        }
    }

    /**
     * Reads the names. The pool follows a single name, unless the request is strict. The pool follows a list only if the list
     * contains {@code auto}.
     *
     * @param model OpenAI's {@code model}: a name, one of the {@code auto} names, or several with commas between them; empty for none.
     *     A name that ends in {@code !} is the only model that may answer
     * @param models OpenRouter's {@code models}, which follow
     * @param strict whether the named model is the only one that may answer
     * @throws InvalidRequestException if a name begins with {@code auto:} and is none of the {@code auto} names, or if a strict
     *     request does not name exactly one model
     */
    static ModelSelector of(String model, List<String> models, boolean strict) {
        List<String> all = new ArrayList<>();
        for (String given : model.split(SEPARATOR, MAX_NAMES)) {
            String name = ModelName.withoutPrefix(given);
            if (!name.isEmpty()) {
                all.add(name);
            }
        }
        if (strict || isAnyStrict(all)) {
            return strict(all, models);
        }
        List<Auto> autos = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (String name : all) {
            if (Auto.isMeant(name)) {
                autos.add(Auto.named(name));
            } else {
                names.add(name);
            }
        }
        for (String given : models) {
            String name = ModelName.withoutPrefix(given);
            if (!name.isEmpty() && !Auto.isMeant(name)) {
                names.add(name);
            }
        }
        boolean poolFollows = !model.contains(SEPARATOR) || !autos.isEmpty() || names.isEmpty();
        List<String> first = names.size() <= MAX_NAMES
                ? List.copyOf(names)
                : names.stream().limit(MAX_NAMES).toList();
        return new ModelSelector(new ModelPreference(first, poolFollows, order(autos)), abilities(autos));
    }

    private static boolean isAnyStrict(List<String> names) {
        for (String name : names) {
            if (ModelName.isStrict(name)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<OrderPolicy> order(List<Auto> autos) {
        for (Auto auto : autos) {
            if (auto.order != null) {
                return Optional.of(auto.order);
            }
        }
        return Optional.empty();
    }

    private static Set<Ability> abilities(List<Auto> autos) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        for (Auto auto : autos) {
            if (auto.ability != null) {
                abilities.add(auto.ability);
            }
        }
        return abilities;
    }

    private static ModelSelector strict(List<String> all, List<String> models) {
        List<String> names = all.stream()
                .map(ModelName::withoutMark)
                .filter(name -> !name.isEmpty() && !Auto.isMeant(name))
                .toList();
        if (all.size() != 1 || names.size() != 1 || !models.isEmpty()) {
            throw InvalidRequestException.field(
                    "model",
                    "invalid_strict_model",
                    "'model' must name exactly one model, and 'models' must be left out, if no other model may answer"
                            + " (a name that ends in '" + ModelName.STRICT + "', or the header " + RequestHeaders.STRICT
                            + ").");
        }
        return only(names.get(0));
    }

    /** For the model of this name and no other, whatever the name. */
    static ModelSelector only(String model) {
        return new ModelSelector(
                new ModelPreference(List.of(ModelName.withoutPrefix(model)), false, Optional.empty()), Set.of());
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}

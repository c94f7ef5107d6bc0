package io.freerouter.routing;

import java.util.List;
import java.util.Optional;

/**
 * Which models a caller prefers.
 *
 * @param names model names, best first; names that lead to no free model are skipped
 * @param poolFollows whether all other free models are asked after them
 * @param order in which order the pool is asked; empty if the caller does not choose an order
 */
public record ModelPreference(List<String> names, boolean poolFollows, Optional<OrderPolicy> order) {
    /** No preference: any free model will do. */
    public static final ModelPreference NONE = new ModelPreference(List.of(), true, Optional.empty());

    public ModelPreference {
        names = List.copyOf(names);
        if (names.isEmpty() && !poolFollows) {
            throw new IllegalArgumentException("At least one model name is required when the pool is excluded");
        }
    }
}

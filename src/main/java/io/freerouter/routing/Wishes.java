package io.freerouter.routing;

import java.util.List;
import java.util.Optional;

/**
 * Which models a caller would like.
 *
 * @param names by name, best first; names that lead to no free model are passed over
 * @param poolFollows whether all other free models are asked after them
 * @param order in which order those are asked, if the caller has a say in it
 */
public record Wishes(List<String> names, boolean poolFollows, Optional<OrderPolicy> order) {
    /** No wish: any free model will do. */
    public static final Wishes NONE = new Wishes(List.of(), true, Optional.empty());

    public Wishes {
        names = List.copyOf(names);
        if (names.isEmpty() && !poolFollows) {
            throw new IllegalArgumentException("Somebody must be wished for");
        }
    }

    /** These first, then the pool. */
    public static Wishes first(List<String> names) {
        return new Wishes(names, true, Optional.empty());
    }
}

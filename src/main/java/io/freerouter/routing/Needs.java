package io.freerouter.routing;

import io.freerouter.catalog.Ability;
import java.util.List;
import java.util.Set;

/**
 * What a request asks of a model.
 *
 * @param wishes which models the caller would like
 * @param abilities what the model must be able to do
 * @param size how long the request and its answer are
 */
public record Needs(Wishes wishes, Set<Ability> abilities, Size size) {
    public Needs {
        abilities = Set.copyOf(abilities);
    }

    /**
     * A request for these models first, of which only its body's length is known.
     *
     * @param bytes 0 if unknown
     */
    public Needs(List<String> names, Set<Ability> abilities, long bytes) {
        this(Wishes.first(names), abilities, new Size(bytes, 0, 0));
    }

    /** A request that any model can answer, for these first. */
    public Needs(List<String> names) {
        this(names, Set.of(), 0);
    }
}

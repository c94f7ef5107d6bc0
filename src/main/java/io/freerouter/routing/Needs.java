package io.freerouter.routing;

import java.util.List;
import java.util.Set;

/**
 * What a request asks of a model.
 *
 * @param names the models the caller would like, best first; names that lead to no free model are passed over
 * @param traits what the model must be able to do
 * @param bytes how long the request's body is, 0 if unknown
 */
public record Needs(List<String> names, Set<Trait> traits, long bytes) {
    public Needs {
        names = List.copyOf(names);
        traits = Set.copyOf(traits);
        if (bytes < 0) {
            throw new IllegalArgumentException("A body's length must not be negative, but was " + bytes);
        }
    }

    /** A request that any model can answer. */
    public Needs(List<String> names) {
        this(names, Set.of(), 0);
    }
}

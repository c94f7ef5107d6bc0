package io.freerouter.routing;

import io.freerouter.catalog.Ability;
import java.util.Set;

/**
 * What a request needs of a model.
 *
 * @param preference which models the caller prefers
 * @param abilities what the model must be able to do
 * @param size how long the request and its answer are
 */
public record Needs(ModelPreference preference, Set<Ability> abilities, RequestSize size) {
    public Needs {
        abilities = Set.copyOf(abilities);
    }
}

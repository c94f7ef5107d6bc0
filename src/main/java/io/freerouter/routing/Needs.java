package io.freerouter.routing;

import java.util.List;

/**
 * What a request asks of a model.
 *
 * @param names the models the caller would like, best first; names that lead to no free model are passed over
 */
public record Needs(List<String> names) {
    public Needs {
        names = List.copyOf(names);
    }
}

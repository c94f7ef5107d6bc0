package io.freerouter.failure;

import io.freerouter.catalog.ModelId;
import java.util.List;

/**
 * Something that a request needs, and the models that cannot do it.
 *
 * @param need the need in words a user reads
 * @param ofLength whether the need is about the length of the request or its answer
 * @param models the models that cannot do it
 */
public record UnmetNeed(String need, boolean ofLength, List<ModelId> models) {
    public UnmetNeed {
        models = List.copyOf(models);
    }
}

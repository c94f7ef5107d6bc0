package io.freerouter.failure;

import io.freerouter.catalog.ModelId;
import java.util.List;

/**
 * Something a request needs, and who cannot do it.
 *
 * @param need in words a user reads
 * @param ofLength whether it is about how long the request or its answer is
 * @param models who cannot
 */
public record Lack(String need, boolean ofLength, List<ModelId> models) {
    public Lack {
        models = List.copyOf(models);
    }
}

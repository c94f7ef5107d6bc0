package io.freerouter.engine;

import io.freerouter.catalog.ModelId;

/**
 * An answer, and how it was found.
 *
 * @param model the model that answered
 * @param attempts how many models were asked
 * @param content the answer itself
 */
public record Answer<T>(ModelId model, int attempts, T content) {
    /** The same answer with another content. */
    public <U> Answer<U> with(U other) {
        return new Answer<>(model, attempts, other);
    }
}

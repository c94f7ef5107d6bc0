package io.freerouter.request.free;

import io.freerouter.catalog.ModelId;

/** For which models each request tells the upstream to serve it for nothing or not at all: a price may change at any moment. */
public enum PriceGuard {
    /** For models whose name does not promise it by ending in {@code :free}. */
    UNSUFFIXED,
    /** For all models. */
    ALWAYS,
    /** For no model. */
    NEVER;

    /** Whether the upstream is told that this model must cost nothing. */
    public boolean guards(ModelId model) {
        return switch (this) {
            case UNSUFFIXED -> !model.isFreeVariant();
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }
}

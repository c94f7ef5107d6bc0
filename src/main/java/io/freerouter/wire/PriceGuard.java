package io.freerouter.wire;

import io.freerouter.catalog.ModelId;

/** Which models the upstream is told, in each request, to serve for nothing or not at all: prices may change unheard. */
public enum PriceGuard {
    /** Those whose name does not promise it by ending in {@code :free}. */
    UNSUFFIXED,
    /** All. */
    ALWAYS,
    /** None. */
    NEVER;

    boolean guards(ModelId model) {
        return switch (this) {
            case UNSUFFIXED -> !model.isFreeVariant();
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }
}

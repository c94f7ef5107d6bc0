package io.freerouter.engine;

import io.freerouter.catalog.ModelId;

/** A request's body: immutable, rendered anew for each attempt, safe to share between threads. */
public interface Body {
    /** The body with this model in it, all else as the caller sent it. UTF-8 JSON; a new array every time. */
    byte[] forModel(ModelId model);
}

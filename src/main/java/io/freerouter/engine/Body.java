package io.freerouter.engine;

import io.freerouter.catalog.ModelId;

/** A request's body: immutable, rendered anew for each attempt, safe to share between threads. */
public interface Body {
    /** Stands for a model that has written nothing of the conversation. */
    int NOTHING = Integer.MAX_VALUE;

    /**
     * The body with this model in it, all else as the caller sent it. UTF-8 JSON; a new array every time.
     *
     * @param ownFrom the index of the first message from which on the model itself has written all answers: what models
     *     hide in their answers for themselves is left out before it
     * @param output how many tokens its answer may have; a ceiling above that is lowered to it
     */
    byte[] forModel(ModelId model, int ownFrom, long output);
}

package io.freerouter.engine;

import io.freerouter.catalog.ModelId;

/**
 * A request as it is put to one model.
 *
 * @param model who is asked
 * @param request what for
 * @param ownFrom see {@link Body#forModel}
 * @param output see {@link Body#forModel}
 */
public record Question(ModelId model, ChatRequest request, int ownFrom, long output) {
    /** What is sent: UTF-8 JSON, a new array every time. */
    public byte[] body() {
        return request.body().forModel(model, ownFrom, output);
    }
}

package io.freerouter.engine;

import io.freerouter.catalog.ModelId;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A request for one model.
 *
 * @param model the model that is asked
 * @param request the caller's request
 * @param ownFrom see {@link RequestBody#forModel}
 * @param output see {@link RequestBody#forModel}
 */
public record UpstreamRequest(ModelId model, ChatRequest request, int ownFrom, long output) {
    /** What is sent: UTF-8 JSON in pieces, see {@link RequestBody#forModel}. */
    public List<ByteBuffer> body() {
        return request.body().forModel(model, ownFrom, output);
    }
}

package io.freerouter.engine;

import io.freerouter.catalog.ModelId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A request for one model.
 *
 * @param model the model that is asked
 * @param request the caller's request
 * @param ownFrom see {@link RequestBody#forModel}
 * @param output see {@link RequestBody#forModel}
 * @param attempt which attempt of the request it is, from 1
 */
public record UpstreamRequest(ModelId model, ChatRequest request, int ownFrom, long output, int attempt) {
    /** The request's first attempt. */
    public UpstreamRequest(ModelId model, ChatRequest request, int ownFrom, long output) {
        this(model, request, ownFrom, output, 1);
    }

    /** The same for another attempt. */
    UpstreamRequest asAttempt(int number) {
        return number == attempt ? this : new UpstreamRequest(model, request, ownFrom, output, number);
    }

    /** What the upstream is told of the request's trace; empty for nothing. */
    public Optional<TraceContext> trace() {
        return request.trace().forUpstream(attempt);
    }

    /** What is sent: UTF-8 JSON in pieces, see {@link RequestBody#forModel}. */
    public List<ByteBuffer> body() {
        return request.body().forModel(model, ownFrom, output);
    }
}

package io.freerouter.engine;

import io.freerouter.catalog.ModelId;
import java.nio.ByteBuffer;
import java.util.List;

/** A request's body: immutable, rendered anew for each attempt, safe to share between threads. */
public interface RequestBody {
    /** As {@code ownFrom}: the model has written nothing of the conversation. */
    int NOTHING = Integer.MAX_VALUE;

    /**
     * The body for one model: UTF-8 JSON in pieces, one after the other. What is not changed for the model are views of the
     * caller's bytes, so that an attempt needs hardly any memory of its own. Each call gives new, read-only buffers. Their bytes
     * are equal for equal arguments.
     *
     * @param ownFrom the index of the first message from which on the model itself has written all answers: what other models hid in
     *     their answers for themselves is left out before it
     * @param output how many tokens an answer of the model may have, at least 1; higher limits in the body are lowered to it
     */
    List<ByteBuffer> forModel(ModelId model, int ownFrom, long output);
}

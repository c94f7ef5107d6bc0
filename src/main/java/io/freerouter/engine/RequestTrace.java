package io.freerouter.engine;

import java.util.Optional;

/**
 * The trace that a request belongs to.
 *
 * @param caller the caller's place in it; empty if the caller named none
 * @param own the place of the request's own span; empty if the gateway records no traces
 * @param handedOn whether the upstream is told of the trace
 */
public record RequestTrace(Optional<TraceContext> caller, Optional<TraceContext> own, boolean handedOn) {
    /** No trace. */
    public static final RequestTrace NONE = new RequestTrace(Optional.empty(), Optional.empty(), false);

    /** Says which trace a request belongs to when it comes. Called on the request's event loop: be quick, never block. */
    public interface Source {
        /** @param caller the caller's place in its trace; empty if it named none */
        RequestTrace begin(Optional<TraceContext> caller);

        /** Records no traces, and so only knows those of the callers. */
        static Source unrecorded(boolean handedOn) {
            return caller -> caller.isPresent() ? new RequestTrace(caller, Optional.empty(), handedOn) : NONE;
        }
    }

    /** The trace's id, in 32 hexadecimal digits; empty if there is no trace. */
    public Optional<String> id() {
        return own.or(() -> caller).map(TraceContext::traceId);
    }

    /**
     * The place of an attempt's span; empty if the gateway records no traces.
     *
     * @param attempt counts from 1 within the request
     */
    public Optional<TraceContext> attempt(int attempt) {
        return own.map(span -> span.child(attempt));
    }

    /**
     * What the upstream is told: the place of the attempt's span, or the caller's place if the gateway records no traces; empty
     * for nothing.
     */
    Optional<TraceContext> forUpstream(int attempt) {
        return handedOn ? attempt(attempt).or(() -> caller) : Optional.empty();
    }
}

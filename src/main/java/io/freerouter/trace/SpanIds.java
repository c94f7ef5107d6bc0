package io.freerouter.trace;

import io.freerouter.engine.TraceContext;
import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * Gives spans the ids that were decided before: a request's when it came, because the upstream may have been told. Each thread
 * names the place of the next span that it makes.
 */
final class SpanIds implements IdGenerator {
    private final ThreadLocal<TraceContext> next = new ThreadLocal<>();

    /** Makes a span at a place. */
    void at(TraceContext place, Runnable make) {
        next.set(place);
        try {
            make.run();
        } finally {
            next.remove();
        }
    }

    @Override
    public String generateSpanId() {
        return next.get().spanId();
    }

    @Override
    public String generateTraceId() {
        return next.get().traceId();
    }
}

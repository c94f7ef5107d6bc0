package io.freerouter.trace;

import io.freerouter.engine.RequestTrace;
import io.freerouter.engine.TraceContext;
import io.freerouter.observe.RequestRecord;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Records requests as traces. When a request comes, it gets its place in a trace, and whether it is sampled is decided. Its spans
 * are made when it has ended, and wait in a bounded queue for the collector; when the queue is full, they are dropped and counted.
 * Safe to use from any thread; never blocks.
 */
public final class TraceRecorder implements RequestTrace.Source, Consumer<RequestRecord> {
    private static final String SPAN = "request";

    private final TraceExport export;
    private final RequestSpans spans;
    private final Sampler sampler;
    private final LongSupplier random;
    private final boolean handedOn;

    /**
     * @param export takes the spans
     * @param upstream where the attempts go
     * @param random gives numbers for new ids
     * @param handedOn whether the upstream is told of traces
     */
    public TraceRecorder(TraceExport export, URI upstream, LongSupplier random, boolean handedOn) {
        this.export = export;
        this.spans = new RequestSpans(export.tracer(), export.ids(), upstream);
        this.sampler = export.sampler();
        this.random = random;
        this.handedOn = handedOn;
    }

    @Override
    public RequestTrace begin(Optional<TraceContext> caller) {
        String traceId = caller.map(TraceContext::traceId)
                .orElseGet(() -> TraceContext.id(random.getAsLong()) + TraceContext.id(random.getAsLong()));
        Context parent = caller.map(place -> Context.root().with(Span.wrap(RequestSpans.remote(place))))
                .orElse(Context.root());
        List<LinkData> links = List.of();
        boolean sampled = sampler.shouldSample(parent, traceId, SPAN, SpanKind.SERVER, Attributes.empty(), links)
                        .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
        String state = caller.map(TraceContext::state).orElse("");
        TraceContext own = new TraceContext(traceId, TraceContext.id(random.getAsLong()), sampled, state);
        return new RequestTrace(caller, Optional.of(own), handedOn);
    }

    @Override
    public void accept(RequestRecord request) {
        request.trace()
                .own()
                .filter(TraceContext::sampled)
                .filter(own -> export.hasRoomFor(RequestSpans.count(request)))
                .ifPresent(own -> spans.make(request, own));
    }

    /** How many spans were lost: the queue was full, or the collector did not take them. */
    public long lost() {
        return export.lost();
    }

    /** Sends what waits, and ends. Completes when that is done, or has failed. */
    public CompletionStage<Void> close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        export.close().whenComplete(() -> closed.complete(null));
        return closed;
    }
}

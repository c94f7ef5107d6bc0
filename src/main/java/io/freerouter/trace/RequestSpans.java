package io.freerouter.trace;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.TraceContext;
import io.freerouter.observe.AttemptRecord;
import io.freerouter.observe.AttemptRecord.State;
import io.freerouter.observe.RequestOutcome;
import io.freerouter.observe.RequestRecord;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes the spans of a request when it has ended: one of the request, and one below it of each attempt. Names are those of
 * OpenTelemetry's <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">conventions for generative AI</a>
 * where they exist; docs/deployment.md lists them. No text of a conversation and no key is in a span.
 *
 * <p>The span of the request has the operation and its tokens. The spans of attempts do not, so that no reader of the
 * conventions counts an answer twice.
 */
final class RequestSpans {
    static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
    static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
    static final AttributeKey<Boolean> STREAM = booleanKey("gen_ai.request.stream");
    static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");
    static final AttributeKey<List<String>> FINISH_REASONS = stringArrayKey("gen_ai.response.finish_reasons");
    static final AttributeKey<Double> FIRST_CHUNK = doubleKey("gen_ai.response.time_to_first_chunk");
    static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");
    static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
    static final AttributeKey<Long> STATUS_CODE = longKey("http.response.status_code");
    static final AttributeKey<String> SERVER_ADDRESS = stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = longKey("server.port");
    static final AttributeKey<String> URL_PATH = stringKey("url.path");
    static final AttributeKey<Long> ID = longKey("freerouter.request.id");
    static final AttributeKey<String> DIALECT = stringKey("freerouter.dialect");
    static final AttributeKey<String> STRATEGY = stringKey("freerouter.strategy");
    static final AttributeKey<String> OUTCOME = stringKey("freerouter.outcome");
    static final AttributeKey<Long> ATTEMPTS = longKey("freerouter.attempts");
    static final AttributeKey<String> HOST = stringKey("freerouter.upstream.provider");
    static final AttributeKey<String> CHARGED = stringKey("freerouter.charged");
    static final AttributeKey<Long> DAY_REMAINING = longKey("freerouter.quota.day.remaining");
    static final AttributeKey<Long> ATTEMPT = longKey("freerouter.attempt.number");
    static final AttributeKey<String> ROLE = stringKey("freerouter.attempt.role");
    static final AttributeKey<String> ATTEMPT_OUTCOME = stringKey("freerouter.attempt.outcome");
    static final AttributeKey<String> COOLDOWN_END = stringKey("freerouter.attempt.cooldown_until");

    private static final String OPENROUTER = "openrouter";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Tracer tracer;
    private final SpanIds ids;
    private final String upstreamHost;
    private final long upstreamPort;

    /**
     * @param tracer makes its spans with these ids
     * @param upstream where the attempts go
     */
    RequestSpans(Tracer tracer, SpanIds ids, URI upstream) {
        this.tracer = tracer;
        this.ids = ids;
        this.upstreamHost = upstream.getHost();
        boolean secure = "https".equals(upstream.getScheme());
        this.upstreamPort = upstream.getPort() >= 0 ? upstream.getPort() : secure ? HTTPS : HTTP;
    }

    /** How many spans a request has. */
    static int count(RequestRecord request) {
        return 1 + request.attempts().size();
    }

    /** A place in a trace, as OpenTelemetry has it. */
    static SpanContext remote(TraceContext place) {
        return SpanContext.createFromRemoteParent(
                place.traceId(),
                place.spanId(),
                place.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                state(place.state()));
    }

    /** Members that OpenTelemetry does not take are left out. */
    private static TraceState state(String header) {
        TraceStateBuilder state = TraceState.builder();
        String[] members = header.split(",");
        for (int i = members.length - 1; i >= 0; i--) {
            int equals = members[i].indexOf('=');
            if (equals > 0) {
                state.put(
                        members[i].substring(0, equals).strip(),
                        members[i].substring(equals + 1).strip());
            }
        }
        return state.build();
    }

    /**
     * Makes the spans of a request that has ended.
     *
     * @param own the place of its span
     */
    void make(RequestRecord request, TraceContext own) {
        String model = request.asked();
        SpanBuilder builder = tracer.spanBuilder(
                        model.isEmpty() ? request.operation() : request.operation() + " " + model)
                .setSpanKind(SpanKind.SERVER)
                .setParent(request.trace()
                        .caller()
                        .map(caller -> Context.root().with(Span.wrap(remote(caller))))
                        .orElse(Context.root()))
                .setStartTimestamp(request.receivedAt());
        attributes(request, builder);
        ids.at(own, () -> {
            Span span = builder.startSpan();
            request.attempts().forEach(attempt -> make(request, attempt, span));
            if (request.outcome() == RequestOutcome.REFUSED
                    || request.outcome() == RequestOutcome.BROKEN
                    || request.outcome() == RequestOutcome.FAULT) {
                span.setStatus(StatusCode.ERROR, request.error());
            }
            span.end(end(request));
        });
    }

    private static Instant end(RequestRecord request) {
        return request.receivedAt().plus(request.took().orElse(Duration.ZERO));
    }

    private static void attributes(RequestRecord request, SpanBuilder span) {
        span.setAttribute(OPERATION, request.operation())
                .setAttribute(PROVIDER, OPENROUTER)
                .setAttribute(STREAM, request.stream())
                .setAttribute(URL_PATH, request.endpoint())
                .setAttribute(ID, request.id())
                .setAttribute(DIALECT, request.dialect().name().toLowerCase(Locale.ROOT))
                .setAttribute(OUTCOME, request.outcome().id())
                .setAttribute(ATTEMPTS, (long) request.attempts().size());
        set(span, REQUEST_MODEL, filled(request.asked()));
        set(span, STRATEGY, filled(request.strategy()));
        set(span, RESPONSE_MODEL, request.model().map(ModelId::value));
        set(span, HOST, request.provider());
        request.usage().ifPresent(usage -> span.setAttribute(INPUT_TOKENS, usage.input())
                .setAttribute(OUTPUT_TOKENS, usage.output()));
        if (!request.finishReasons().isEmpty()) {
            span.setAttribute(FINISH_REASONS, request.finishReasons());
        }
        set(
                span,
                FIRST_CHUNK,
                request.firstToken().filter(time -> request.stream()).map(RequestSpans::seconds));
        set(span, ERROR_TYPE, request.errorType());
        set(span, CHARGED, request.charged().map(BigDecimal::toPlainString));
        request.quotaAfter()
                .filter(quota -> quota.day().remaining().isPresent())
                .ifPresent(quota ->
                        span.setAttribute(DAY_REMAINING, quota.day().remaining().getAsLong()));
    }

    private void make(RequestRecord request, AttemptRecord attempt, Span parent) {
        // A caller that disconnects is noticed before its attempts are cancelled.
        State state = attempt.state() == State.ASKED ? State.CANCELLED : attempt.state();
        SpanBuilder builder = tracer.spanBuilder("attempt " + attempt.model().value())
                .setSpanKind(SpanKind.CLIENT)
                .setParent(Context.root().with(parent))
                .setStartTimestamp(request.receivedAt().plus(attempt.after()))
                .setAttribute(PROVIDER, OPENROUTER)
                .setAttribute(REQUEST_MODEL, attempt.model().value())
                .setAttribute(SERVER_ADDRESS, upstreamHost)
                .setAttribute(SERVER_PORT, upstreamPort)
                .setAttribute(ATTEMPT, (long) attempt.number())
                .setAttribute(ROLE, attempt.role())
                .setAttribute(ATTEMPT_OUTCOME, state.id());
        boolean spoke = request.stream() && spoke(request, attempt);
        set(builder, FIRST_CHUNK, attempt.took().filter(time -> spoke).map(RequestSpans::seconds));
        set(builder, ERROR_TYPE, attempt.errorType());
        set(builder, STATUS_CODE, status(attempt.status()));
        set(builder, COOLDOWN_END, attempt.cooldownEnd().map(Instant::toString));
        TraceContext place = request.trace().attempt(attempt.number()).orElseThrow();
        ids.at(place, () -> {
            Span span = builder.startSpan();
            if (state == State.FAILED) {
                span.setStatus(StatusCode.ERROR, attempt.cause());
            }
            span.end(
                    spoke
                            ? end(request)
                            : attempt.took()
                                    .map(took -> request.receivedAt()
                                            .plus(attempt.after())
                                            .plus(took))
                                    .orElseGet(() -> end(request)));
        });
    }

    /** Whether the caller got this attempt's answer, or the beginning of it. Only one attempt has had that first token. */
    private static boolean spoke(RequestRecord request, AttemptRecord attempt) {
        return attempt.state() == State.WON
                || request.outcome() == RequestOutcome.BROKEN
                        && request.model().filter(attempt.model()::equals).isPresent()
                        && request.firstToken().equals(attempt.took().map(attempt.after()::plus));
    }

    private static Optional<Long> status(OptionalInt status) {
        return status.isPresent() ? Optional.of((long) status.getAsInt()) : Optional.empty();
    }

    private static Optional<String> filled(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }

    private static <T> void set(SpanBuilder span, AttributeKey<T> key, Optional<T> value) {
        value.ifPresent(present -> span.setAttribute(key, present));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}

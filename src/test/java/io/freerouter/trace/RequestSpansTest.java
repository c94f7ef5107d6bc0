package io.freerouter.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.RequestTrace;
import io.freerouter.engine.RouterEvent;
import io.freerouter.engine.TraceContext;
import io.freerouter.engine.Usage;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.observe.RequestHistory;
import io.freerouter.routing.Needs;
import io.freerouter.routing.RequestSize;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.ScriptedUpstream;
import io.freerouter.testing.TestModels;
import io.freerouter.testing.TestRequests;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The spans that a router's requests leave behind, in virtual time. */
class RequestSpansTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Failure LIMITED = RouterBench.failure(FailureKind.RATE_LIMITED, 429);
    private static final AnswerMetadata FINDINGS = new AnswerMetadata(
            Optional.of("Host"), Optional.empty(), true, 0, Optional.of(new Usage(7, 21)), List.of("stop"));

    private RouterBench bench = RouterBench.with("a", "b", "c");
    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final AtomicLong numbers = new AtomicLong(100);
    private TraceRecorder recorder;

    @AfterAll
    static void close() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void recording(Map<String, String> options) throws TraceExport.UnusableOptions {
        Map<String, String> all = new HashMap<>(options);
        all.put("otel.exporter.otlp.endpoint", "http://127.0.0.1:9");
        TraceExport export = TraceExport.of(all, VERTX, bench.time, configured -> new Kept(configured, exported));
        recorder = new TraceRecorder(
                export, URI.create("https://upstream.example/api/v1"), numbers::incrementAndGet, false);
        RequestHistory history = new RequestHistory(0, bench.time, Optional::empty);
        history.logTo(recorder);
        bench.alsoTell(history);
    }

    private void recording() throws TraceExport.UnusableOptions {
        recording(Map.of());
    }

    /** Keeps spans that were exported after it was shut down, which the exporter in memory would not. */
    private record Kept(SpanExporter configured, InMemorySpanExporter memory) implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return memory.export(spans);
        }

        @Override
        public CompletableResultCode flush() {
            return memory.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return configured.shutdown();
        }
    }

    private ChatRequest request(boolean stream, Optional<TraceContext> caller, String... names) {
        return TestRequests.chat(TestRequests.needs(List.of(names)), stream, (model, own, output) -> List.of())
                .in(recorder.begin(caller));
    }

    private ChatRequest request(boolean stream, String... names) {
        return request(stream, Optional.empty(), names);
    }

    /** All spans, the request's first, then the attempts in the order in which they began. */
    private List<SpanData> spans() throws Exception {
        recorder.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
        return exported.getFinishedSpanItems().stream()
                .sorted(Comparator.comparing((SpanData span) -> span.getKind() != SpanKind.SERVER)
                        .thenComparing(SpanData::getStartEpochNanos)
                        .thenComparing(
                                span -> Optional.ofNullable(span.getAttributes().get(RequestSpans.ATTEMPT))
                                        .orElse(0L)))
                .toList();
    }

    private static Duration length(SpanData span) {
        return Duration.ofNanos(span.getEndEpochNanos() - span.getStartEpochNanos());
    }

    private Duration after(SpanData span, Instant begin) {
        return Duration.between(begin, Instant.EPOCH.plusNanos(span.getStartEpochNanos()));
    }

    private static void assertBelow(SpanData child, SpanData parent) {
        assertThat(child.getTraceId()).isEqualTo(parent.getTraceId());
        assertThat(child.getParentSpanId()).isEqualTo(parent.getSpanId());
    }

    private static <T> T value(SpanData span, io.opentelemetry.api.common.AttributeKey<T> key) {
        return span.getAttributes().get(key);
    }

    @Test
    void a_fallback_is_one_span_with_two_below_it() throws Exception {
        recording();
        bench.upstream.script("a", ModelScript.fail(40, LIMITED));
        bench.upstream.script("b", ModelScript.say(60, "hello").finding(FINDINGS));
        Instant begin = bench.time.now();

        bench.complete(request(false, "a"));
        bench.advance(100);

        List<SpanData> spans = spans();
        assertThat(spans).hasSize(3);
        SpanData whole = spans.get(0);
        assertThat(whole.getName()).isEqualTo("chat a");
        assertThat(whole.getParentSpanContext().isValid()).isFalse();
        assertThat(length(whole)).isEqualTo(Duration.ofMillis(100));
        assertThat(whole.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(value(whole, RequestSpans.OPERATION)).isEqualTo("chat");
        assertThat(value(whole, RequestSpans.PROVIDER)).isEqualTo("openrouter");
        assertThat(value(whole, RequestSpans.REQUEST_MODEL)).isEqualTo("a");
        assertThat(value(whole, RequestSpans.RESPONSE_MODEL)).isEqualTo("b");
        assertThat(value(whole, RequestSpans.INPUT_TOKENS)).isEqualTo(7);
        assertThat(value(whole, RequestSpans.OUTPUT_TOKENS)).isEqualTo(21);
        assertThat(value(whole, RequestSpans.FINISH_REASONS)).containsExactly("stop");
        assertThat(value(whole, RequestSpans.HOST)).isEqualTo("Host");
        assertThat(value(whole, RequestSpans.OUTCOME)).isEqualTo("answered");
        assertThat(value(whole, RequestSpans.ATTEMPTS)).isEqualTo(2);
        assertThat(value(whole, RequestSpans.ERROR_TYPE)).isNull();

        SpanData failed = spans.get(1);
        assertBelow(failed, whole);
        assertThat(failed.getName()).isEqualTo("attempt a");
        assertThat(failed.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(length(failed)).isEqualTo(Duration.ofMillis(40));
        assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(failed.getStatus().getDescription()).isEqualTo("429 rate limited");
        assertThat(value(failed, RequestSpans.ERROR_TYPE)).isEqualTo("rate_limited");
        assertThat(value(failed, RequestSpans.STATUS_CODE)).isEqualTo(429);
        assertThat(value(failed, RequestSpans.ROLE)).isEqualTo("first");
        assertThat(value(failed, RequestSpans.ATTEMPT_OUTCOME)).isEqualTo("failed");
        assertThat(value(failed, RequestSpans.SERVER_ADDRESS)).isEqualTo("upstream.example");
        assertThat(value(failed, RequestSpans.SERVER_PORT)).isEqualTo(443);
        assertThat(value(failed, RequestSpans.COOLDOWN_END)).isNotNull();

        SpanData won = spans.get(2);
        assertBelow(won, whole);
        assertThat(after(won, begin)).isEqualTo(Duration.ofMillis(40));
        assertThat(length(won)).isEqualTo(Duration.ofMillis(60));
        assertThat(value(won, RequestSpans.ROLE)).isEqualTo("fallback");
        assertThat(value(won, RequestSpans.ATTEMPT_OUTCOME)).isEqualTo("won");
        assertThat(value(won, RequestSpans.OPERATION))
                .as("an answer is counted once")
                .isNull();
    }

    @Test
    void a_hedge_runs_beside_the_silent_attempt_which_is_cancelled() throws Exception {
        recording();
        bench.upstream.script("b", ModelScript.say(50, "hello"));
        Instant begin = bench.time.now();

        bench.hedging(2, 100).complete(request(false));
        bench.advance(150);

        List<SpanData> spans = spans();
        assertThat(spans).hasSize(3);
        assertThat(value(spans.get(0), RequestSpans.STRATEGY)).isEqualTo("hedge");
        assertThat(spans.get(1).getName()).isEqualTo("attempt a");
        assertThat(value(spans.get(1), RequestSpans.ATTEMPT_OUTCOME)).isEqualTo("cancelled");
        assertThat(spans.get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(length(spans.get(1))).isEqualTo(Duration.ofMillis(150));
        assertThat(value(spans.get(2), RequestSpans.ROLE)).isEqualTo("hedge");
        assertThat(after(spans.get(2), begin)).isEqualTo(Duration.ofMillis(100));
        assertBelow(spans.get(1), spans.get(0));
        assertBelow(spans.get(2), spans.get(0));
    }

    @Test
    void the_spans_of_a_stream_last_until_its_end_and_know_its_first_token() throws Exception {
        recording();
        bench.upstream.script("a", ModelScript.say(30, "one").then(50, "two").complete(50));

        var begun = bench.stream(request(true));
        bench.advance(30);
        AssertSubscriber<String> reader = RouterBench.read(begun, Long.MAX_VALUE);
        bench.advance(20);
        reader.assertCompleted();

        List<SpanData> spans = spans();
        assertThat(spans).hasSize(2);
        assertThat(spans).extracting(RequestSpansTest::length).containsOnly(Duration.ofMillis(50));
        assertThat(spans)
                .extracting(span -> value(span, RequestSpans.FIRST_CHUNK))
                .containsOnly(0.03);
        assertThat(value(spans.get(0), RequestSpans.STREAM)).isTrue();
    }

    @Test
    void a_stream_that_breaks_off_is_an_error_of_both_spans() throws Exception {
        recording();
        bench.upstream.script("a", ModelScript.say(30, "one").breaks(60, RouterBench.failure(FailureKind.BROKEN, 200)));

        var begun = bench.stream(request(true));
        bench.advance(30);
        RouterBench.read(begun, Long.MAX_VALUE);
        bench.advance(30);

        List<SpanData> spans = spans();
        assertThat(spans).hasSize(2);
        assertThat(spans).extracting(RequestSpansTest::length).containsOnly(Duration.ofMillis(60));
        assertThat(spans).extracting(span -> span.getStatus().getStatusCode()).containsOnly(StatusCode.ERROR);
        assertThat(spans)
                .extracting(span -> value(span, RequestSpans.ERROR_TYPE))
                .containsOnly("broken");
        assertThat(value(spans.get(1), RequestSpans.FIRST_CHUNK)).isEqualTo(0.03);
    }

    @Test
    void a_request_whose_caller_disconnects_ends_with_its_attempt() throws Exception {
        recording();
        bench.upstream.script("a", ModelScript.hang());

        var waiting = bench.complete(request(false));
        bench.advance(70);
        waiting.cancel();

        List<SpanData> spans = spans();
        assertThat(spans).hasSize(2);
        assertThat(spans).extracting(RequestSpansTest::length).containsOnly(Duration.ofMillis(70));
        assertThat(value(spans.get(0), RequestSpans.OUTCOME)).isEqualTo("disconnected");
        assertThat(value(spans.get(0), RequestSpans.ERROR_TYPE)).isEqualTo("disconnected");
        assertThat(spans.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(value(spans.get(1), RequestSpans.ATTEMPT_OUTCOME)).isEqualTo("cancelled");
    }

    @Test
    void a_request_without_an_answer_is_an_error_that_says_why() throws Exception {
        recording();
        for (String model : List.of("a", "b", "c")) {
            bench.upstream.script(model, ModelScript.fail(1, RouterBench.failure(FailureKind.SERVER_ERROR, 500)));
        }
        bench.complete(request(false));
        bench.advance(10);

        SpanData whole = spans().get(0);
        assertThat(whole.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(whole.getStatus().getDescription()).startsWith("No model answered");
        assertThat(value(whole, RequestSpans.ERROR_TYPE)).isEqualTo("server_error");
    }

    @Test
    void what_needs_no_model_is_a_span_without_any_below() throws Exception {
        recording();
        RequestHistory history = new RequestHistory(0, bench.time, Optional::empty);
        history.logTo(recorder);
        history.on(
                new RouterEvent.Unreadable(4, Dialect.MESSAGES, 400, "invalid_json", recorder.begin(Optional.empty())));
        history.on(new RouterEvent.AnsweredLocally(
                5, Dialect.EMBEDDINGS, false, "title", recorder.begin(Optional.empty())));

        List<SpanData> spans = spans();
        assertThat(spans).extracting(SpanData::getName).containsExactlyInAnyOrder("chat", "embeddings");
        assertThat(spans)
                .extracting(span -> value(span, RequestSpans.OUTCOME))
                .containsExactlyInAnyOrder("invalid", "local");
        assertThat(spans).extracting(span -> span.getStatus().getStatusCode()).containsOnly(StatusCode.UNSET);
    }

    @Test
    void the_callers_trace_goes_on() throws Exception {
        recording();
        bench.upstream.script("a", ModelScript.say(1, "hello"));
        TraceContext caller = new TraceContext(TRACE, "00f067aa0ba902b7", true, "congo=1,rojo=2");

        bench.complete(request(false, Optional.of(caller)));
        bench.advance(1);

        List<SpanData> spans = spans();
        assertThat(spans).extracting(SpanData::getTraceId).containsOnly(TRACE);
        assertThat(spans.get(0).getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(spans.get(0).getParentSpanContext().isRemote()).isTrue();
        assertThat(spans.get(0).getSpanContext().getTraceState().asMap()).containsEntry("congo", "1");
        assertBelow(spans.get(1), spans.get(0));
    }

    @Test
    void the_upstream_can_know_the_span_of_its_attempt_beforehand() throws Exception {
        recording();
        bench.upstream.script("a", ModelScript.fail(1, LIMITED));
        bench.upstream.script("b", ModelScript.say(1, "hello"));
        ChatRequest request = request(false);

        bench.complete(request);
        bench.advance(10);

        RequestTrace trace = request.trace();
        assertThat(spans())
                .extracting(SpanData::getSpanId)
                .containsExactly(
                        trace.own().orElseThrow().spanId(),
                        trace.attempt(1).orElseThrow().spanId(),
                        trace.attempt(2).orElseThrow().spanId());
    }

    private static Model roomy(String id) {
        return TestModels.able(new ModelId(id), id, 0, 100_000, 0, false, 0);
    }

    @Test
    void attempts_count_on_where_a_request_is_raced_again_with_the_limits_that_models_named() throws Exception {
        bench = RouterBench.of(roomy("a"), roomy("b"));
        recording();
        Failure tooLong = new Failure(
                FailureKind.OUTPUT_TOO_LONG,
                OptionalInt.of(400),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(100),
                OptionalLong.empty());
        List<Integer> attempts = new ArrayList<>();
        bench.upstream(new ScriptedUpstream(bench.time, asked -> {
            attempts.add(asked.attempt());
            return asked.output() > 100 ? ModelScript.fail(1, tooLong) : ModelScript.say(1, "hello");
        }));
        bench.maxAttempts(8);
        Needs needs = new Needs(TestRequests.first(List.of()), Set.of(), new RequestSize(0, 0, 5000));

        bench.complete(TestRequests.chat(needs, false, (model, own, output) -> List.of())
                .in(recorder.begin(Optional.empty())));
        bench.advance(20);

        assertThat(attempts).containsExactly(1, 2, 3);
        List<SpanData> spans = spans();
        assertThat(value(spans.get(0), RequestSpans.OUTCOME)).isEqualTo("answered");
        assertThat(spans.subList(1, 4))
                .extracting(span -> value(span, RequestSpans.ATTEMPT))
                .containsExactly(1L, 2L, 3L);
        assertThat(spans).extracting(SpanData::getSpanId).doesNotHaveDuplicates();
    }

    @Test
    void what_the_caller_does_not_sample_is_not_recorded() throws Exception {
        recording();
        bench.upstream.script("a", ModelScript.say(1, "hello"));
        ChatRequest request = request(false, Optional.of(new TraceContext(TRACE, "00f067aa0ba902b7", false, "")));

        bench.complete(request);
        bench.advance(1);

        assertThat(request.trace().attempt(1).orElseThrow().traceparent()).endsWith("-00");
        assertThat(spans()).isEmpty();
    }

    @Test
    void the_samplers_variables_count_where_the_caller_says_nothing() throws Exception {
        recording(Map.of("otel.traces.sampler", "parentbased_always_off"));
        bench.upstream.script("a", ModelScript.say(1, "hello"));
        bench.complete(request(false));
        bench.complete(request(false, Optional.of(new TraceContext(TRACE, "00f067aa0ba902b7", true, ""))));
        bench.advance(1);

        assertThat(spans()).extracting(SpanData::getTraceId).containsOnly(TRACE).hasSize(2);
    }

    @Test
    void spans_that_find_no_room_are_dropped_and_counted() throws Exception {
        recording(Map.of("otel.bsp.max.queue.size", "2", "otel.bsp.max.export.batch.size", "2"));
        bench.upstream.script("a", ModelScript.fail(1, LIMITED));
        bench.upstream.script("b", ModelScript.say(1, "hello"));

        bench.complete(request(false));
        bench.advance(10);

        assertThat(recorder.lost()).isEqualTo(3);
        assertThat(spans()).isEmpty();
    }

    @Test
    void the_service_has_our_name_unless_another_is_given() throws Exception {
        recording(Map.of("otel.resource.attributes", "deployment.environment.name=test"));
        bench.upstream.script("a", ModelScript.say(1, "hello"));
        bench.complete(request(false));
        bench.advance(1);

        Map<String, String> resource = new HashMap<>();
        spans().get(0).getResource().getAttributes().forEach((key, value) -> resource.put(key.getKey(), "" + value));
        assertThat(resource)
                .containsEntry("service.name", "freerouter")
                .containsEntry("deployment.environment.name", "test");
    }
}

package io.freerouter.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.RouterEvent;
import io.freerouter.observe.RequestHistory;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.testing.Collector;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.TestRequests;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches a collector over real connections, and what happens where it takes nothing. */
class TraceExportTest {
    private static final HedgingPolicy ALONE = new HedgingPolicy(1, Duration.ZERO, Duration.ZERO);
    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";

    private final Vertx vertx = Vertx.vertx();
    private final ManualTime time = new ManualTime();
    private final Collector collector = Collector.start();
    private final RequestHistory history = new RequestHistory(0, time, Optional::empty);
    private TraceRecorder recorder;
    private long requests;

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        collector.close();
    }

    private void record(Map<String, String> options) throws TraceExport.UnusableOptions {
        Map<String, String> all =
                new HashMap<>(Map.of(ENDPOINT, collector.endpoint(), "otel.bsp.schedule.delay", "20"));
        all.putAll(options);
        recorder = new TraceRecorder(
                TraceExport.of(all, vertx, time),
                URI.create("https://upstream.example"),
                () -> ThreadLocalRandom.current().nextLong(),
                false);
        history.logTo(recorder);
    }

    private void request() {
        long id = ++requests;
        ModelId model = new ModelId("a");
        history.on(new RouterEvent.Received(
                id, Dialect.CHAT, TestRequests.needs(List.of()), false, ALONE, recorder.begin(Optional.empty())));
        history.on(new RouterEvent.Asked(id, 1, model));
        history.on(new RouterEvent.Answered(id, 1, model, false, Duration.ZERO));
        history.on(new RouterEvent.Delivered(id, model, AnswerMetadata.NONE));
    }

    private void end() throws Exception {
        recorder.close().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private List<String> names() {
        return collector.await(2, span -> true).stream()
                .map(Collector.Span::name)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "http/protobuf, none, /v1/traces",
        "http/protobuf, gzip, /v1/traces",
        "grpc, none, /opentelemetry.proto.collector.trace.v1.TraceService/Export",
        "grpc, gzip, /opentelemetry.proto.collector.trace.v1.TraceService/Export"
    })
    void spans_go_by_either_protocol(String protocol, String compression, String path) throws Exception {
        record(Map.of(
                "otel.exporter.otlp.protocol", protocol,
                "otel.exporter.otlp.compression", compression,
                "otel.exporter.otlp.headers", "api-key=of-the-collector"));
        request();

        assertThat(names()).containsExactlyInAnyOrder("chat auto", "attempt a");
        assertThat(collector.received()).allSatisfy(received -> {
            assertThat(received.path()).isEqualTo(path);
            assertThat(received.headers().get("api-key")).isEqualTo("of-the-collector");
        });
        end();
        assertThat(recorder.lost()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"http/protobuf, 503", "grpc, 14"})
    void a_batch_that_the_collector_cannot_take_just_now_is_sent_again(String protocol, int status) throws Exception {
        collector.refuse(status);
        record(Map.of("otel.exporter.otlp.protocol", protocol));
        request();

        assertThat(names()).hasSize(2);
        end();
        assertThat(collector.received()).hasSize(2);
        assertThat(recorder.lost()).isZero();
    }

    static List<Map<String, String>> longPauses() {
        return List.of(
                Map.of("Retry-After", "3600"),
                Map.of("Date", "Tue, 01 Dec 2026 12:00:00 GMT", "Retry-After", "Tue, 01 Dec 2026 13:00:00 GMT"));
    }

    @ParameterizedTest
    @MethodSource("longPauses")
    void a_collector_that_wants_a_longer_pause_than_a_batch_lasts_is_left_alone(Map<String, String> headers)
            throws Exception {
        Lines lines = new Lines(1);
        collector.refuse(503, headers);
        record(Map.of());
        try (lines) {
            request();
            lines.await();
            assertThat(lines.texts).singleElement().asString().contains("status 503");
        }
        end();
        assertThat(collector.received()).hasSize(1);
        assertThat(recorder.lost()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "soon", "Tue, 01 Dec 2026 13:00:00 GMT"})
    void a_pause_that_is_over_or_cannot_be_read_is_none(String pause) throws Exception {
        collector.refuse(503, Map.of("Retry-After", pause, "Date", "Tue, 01 Dec 2026 13:00:00 GMT"));
        record(Map.of());
        request();

        assertThat(names()).hasSize(2);
        end();
        assertThat(collector.received()).hasSize(2);
    }

    @Test
    void what_waits_is_sent_at_the_end() throws Exception {
        record(Map.of("otel.bsp.schedule.delay", "3600000"));
        request();
        request();
        end();

        assertThat(collector.await(4, span -> true)).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"http/protobuf, 400, status 400", "grpc, 3, gRPC status 3"})
    void a_collector_that_refuses_is_named_once_a_minute(String protocol, int status, String words) throws Exception {
        Lines lines = new Lines(1);
        collector.refuse(status, status);
        record(Map.of(
                "otel.exporter.otlp.protocol",
                protocol,
                "otel.bsp.schedule.delay",
                "3600000",
                "otel.bsp.max.export.batch.size",
                "2"));
        try (lines) {
            request();
            lines.await();
            assertThat(lines.texts)
                    .singleElement()
                    .asString()
                    .contains(collector.endpoint(), words, "2 spans are lost", "OTEL_EXPORTER_OTLP_ENDPOINT");
            request();
            request();
            assertThat(names()).hasSize(2);
            end();
            assertThat(lines.texts).hasSize(2);
            assertThat(lines.texts.get(1)).contains("takes traces again");
        }
        assertThat(recorder.lost()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http/protobuf", "grpc"})
    void a_collector_that_is_not_there_costs_only_the_spans(String protocol) throws Exception {
        Lines lines = new Lines(1);
        int free;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            free = closed.getLocalPort();
        }
        record(Map.of(ENDPOINT, "http://127.0.0.1:" + free, "otel.exporter.otlp.protocol", protocol));
        try (lines) {
            request();
            end();
            lines.await();
            assertThat(lines.texts).singleElement().asString().contains("Connection refused");
        }
        assertThat(recorder.lost()).isEqualTo(2);
    }

    @Test
    void a_collector_that_never_answers_ends_after_its_timeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
                Lines lines = new Lines(1)) {
            record(Map.of(ENDPOINT, "http://127.0.0.1:" + silent.getLocalPort(), "otel.exporter.otlp.timeout", "200"));
            request();
            end();
            lines.await();
            assertThat(lines.texts).singleElement().asString().contains("no answer within 200 ms");
        }
    }

    @Test
    void a_port_of_grpc_means_grpc() {
        assertThat(TraceExport.protocolOf("http://127.0.0.1:4317")).isEqualTo("grpc");
        assertThat(TraceExport.protocolOf("http://otel_collector:4317")).isEqualTo("grpc");
        assertThat(TraceExport.protocolOf("http://127.0.0.1:4318")).isEqualTo("http/protobuf");
        assertThat(TraceExport.protocolOf("https://collector.example/otlp")).isEqualTo("http/protobuf");
    }

    @ParameterizedTest
    @CsvSource({
        "http://me:secret@otel_collector:4318/v1/traces, http://otel_collector:4318",
        "https://collector.example, https://collector.example"
    })
    void a_collector_is_named_without_its_password(String endpoint, String destination) throws Exception {
        assertThat(TraceExport.of(Map.of(ENDPOINT, endpoint), vertx, time).destination())
                .isEqualTo(destination);
    }

    @ParameterizedTest
    @CsvSource({
        "otel.traces.sampler, sometimes",
        "otel.exporter.otlp.protocol, pigeon",
        "otel.exporter.otlp.endpoint, nowhere",
        "otel.exporter.otlp.certificate, no-such-file.pem",
        "otel.traces.exporter, console"
    })
    void an_option_that_opentelemetry_refuses_is_named(String name, String value) {
        assertThatThrownBy(() -> record(Map.of(name, value)))
                .isInstanceOf(TraceExport.UnusableOptions.class)
                .message()
                .isNotBlank()
                .satisfies(message -> assertThat(message).containsAnyOf(name, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Bearer of-the-collector", "api-key=50%of-the-collector"})
    void a_key_in_headers_that_opentelemetry_refuses_is_not_shown(String headers) {
        assertThatThrownBy(() -> record(Map.of("otel.exporter.otlp.headers", headers)))
                .isInstanceOf(TraceExport.UnusableOptions.class)
                .hasMessageContaining("header")
                .hasMessageNotContaining("of-the-collector");
    }

    @Test
    void metrics_and_logs_are_not_exported_whatever_the_variables_say() throws Exception {
        record(Map.of("otel.metrics.exporter", "otlp", "otel.logs.exporter", "otlp", "otel.propagators", "b3"));
        request();
        assertThat(names()).hasSize(2);
        end();
        assertThat(collector.received()).extracting(Collector.Received::path).containsOnly("/v1/traces");
    }

    /** The log's lines about a collector. A gateway of another test may log others. */
    private static final class Lines extends Handler implements AutoCloseable {
        private final Logger logger = Logger.getLogger("io.freerouter");
        private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch enough;

        Lines(int count) {
            enough = new CountDownLatch(count);
            logger.addHandler(this);
        }

        void await() throws InterruptedException {
            assertThat(enough.await(20, TimeUnit.SECONDS)).as("lines came").isTrue();
        }

        @Override
        public void publish(LogRecord line) {
            String text = line instanceof ExtLogRecord own ? own.getFormattedMessage() : line.getMessage();
            if (text.contains("collector")) {
                texts.add(text);
                enough.countDown();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}

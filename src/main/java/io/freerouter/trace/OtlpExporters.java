package io.freerouter.trace;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.internal.compression.Compressor;
import io.opentelemetry.exporter.internal.http.HttpSender;
import io.opentelemetry.exporter.internal.http.HttpSenderConfig;
import io.opentelemetry.exporter.internal.http.HttpSenderProvider;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.exporter.otlp.internal.OtlpConfigUtil;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * OpenTelemetry's exporter of spans, with a sender that uses the HTTP client which the program has anyway: by <a
 * href="https://opentelemetry.io/docs/specs/otlp/">OTLP</a> over HTTP or gRPC. Both carry the same message, so the exporter for
 * HTTP writes it for gRPC, too. OpenTelemetry's own exporter for gRPC needs classes of grpc-java to be built natively.
 */
final class OtlpExporters implements ConfigurableSpanExporterProvider, HttpSenderProvider {
    private static final String NAME = "otlp";
    private static final String GRPC_METHOD = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    /** What the specification says may be sent again. */
    private static final Set<Integer> TRANSIENT_STATUS = Set.of(429, 502, 503, 504);

    private static final Set<Integer> TRANSIENT_GRPC_STATUS = Set.of(1, 4, 10, 11, 14, 15);
    private static final int GRPC_OK = 0;
    private static final int GRPC_UNKNOWN = 2;
    private static final int GRPC_HEAD = 5;
    private static final int OK = 200;

    private final Vertx vertx;
    private final Map<String, String> properties;
    private volatile boolean retrying = true;

    /** @param properties OpenTelemetry's options, which name the files of certificates */
    OtlpExporters(Vertx vertx, Map<String, String> properties) {
        this.vertx = vertx;
        this.properties = properties;
    }

    /** From now on nothing is sent a second time. */
    void stopRetrying() {
        retrying = false;
    }

    boolean isRetrying() {
        return retrying;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public SpanExporter createExporter(ConfigProperties config) {
        String protocol = OtlpConfigUtil.getOtlpProtocol(OtlpConfigUtil.DATA_TYPE_TRACES, config);
        boolean grpc = protocol.equals(OtlpConfigUtil.PROTOCOL_GRPC);
        if (!grpc && !protocol.equals(OtlpConfigUtil.PROTOCOL_HTTP_PROTOBUF)) {
            throw new ConfigurationException(
                    "otel.exporter.otlp.protocol is " + protocol + ", but must be http/protobuf or grpc");
        }
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder().setMeterProvider(MeterProvider.noop());
        OtlpConfigUtil.configureOtlpExporterBuilder(
                OtlpConfigUtil.DATA_TYPE_TRACES,
                config,
                builder::setComponentLoader,
                endpoint -> builder.setEndpoint(
                        grpc ? URI.create(endpoint).resolve(GRPC_METHOD).toString() : endpoint),
                builder::addHeader,
                builder::setCompression,
                builder::setTimeout,
                builder::setTrustedCertificates,
                builder::setClientTls,
                builder::setRetryPolicy,
                builder::setMemoryMode);
        return builder.build();
    }

    @Override
    public HttpSender createSender(HttpSenderConfig config) {
        URI endpoint = URI.create(config.getEndpoint());
        boolean grpc = GRPC_METHOD.equals(endpoint.getPath());
        CollectorClient client = new CollectorClient(
                vertx,
                options(endpoint, grpc ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1, config.getConnectTimeoutNanos()),
                endpoint,
                millis(config.getTimeoutNanos()),
                Optional.ofNullable(config.getRetryPolicy()),
                this::isRetrying,
                reply -> TRANSIENT_STATUS.contains(reply.status())
                        || grpc && TRANSIENT_GRPC_STATUS.contains(grpcStatus(reply)));
        return grpc ? new OverGrpc(client, config) : new OverHttp(client, config);
    }

    private HttpClientOptions options(URI endpoint, HttpVersion version, long connectTimeoutNanos) {
        boolean secure = "https".equals(endpoint.getScheme());
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(version)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout((int) Math.min(Integer.MAX_VALUE, millis(connectTimeoutNanos)))
                .setSsl(secure)
                .setUseAlpn(secure && version == HttpVersion.HTTP_2);
        file("certificate").ifPresent(path -> options.setTrustOptions(new PemTrustOptions().addCertPath(path)));
        file("client.key").ifPresent(key -> file("client.certificate")
                .ifPresent(certificate -> options.setKeyCertOptions(
                        new PemKeyCertOptions().addKeyPath(key).addCertPath(certificate))));
        return options;
    }

    private Optional<String> file(String option) {
        return Optional.ofNullable(properties.get("otel.exporter.otlp.traces." + option))
                .or(() -> Optional.ofNullable(properties.get("otel.exporter.otlp." + option)));
    }

    private static long millis(long nanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    private static byte[] written(Marshaler message, Compressor compressor) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.getBinarySerializedSize());
        try (OutputStream out = compressor == null ? bytes : compressor.compress(bytes)) {
            message.writeBinaryTo(out);
        }
        return bytes.toByteArray();
    }

    private static Map<String, List<String>> headers(Supplier<Map<String, List<String>>> configured) {
        Map<String, List<String>> headers = configured.get();
        return headers == null ? new HashMap<>() : new HashMap<>(headers);
    }

    private static int grpcStatus(CollectorClient.Reply reply) {
        String status = Optional.ofNullable(reply.trailers().get("grpc-status"))
                .orElse(reply.headers().get("grpc-status"));
        return status != null && status.matches("\\d{1,3}") ? Integer.parseInt(status) : GRPC_UNKNOWN;
    }

    private static final class OverHttp implements HttpSender {
        private final CollectorClient client;
        private final HttpSenderConfig config;

        OverHttp(CollectorClient client, HttpSenderConfig config) {
            this.client = client;
            this.config = config;
        }

        @Override
        public void send(Marshaler message, int length, Consumer<Response> replied, Consumer<Throwable> failed) {
            Map<String, List<String>> headers = headers(config.getHeadersSupplier());
            headers.put("Content-Type", List.of(config.getContentType()));
            Compressor compressor = config.getCompressor();
            if (compressor != null) {
                headers.put("Content-Encoding", List.of(compressor.getEncoding()));
            }
            try {
                client.send(
                        Buffer.buffer(written(message, compressor)),
                        headers,
                        reply -> replied.accept(new HttpReply(reply)),
                        failed);
            } catch (IOException unwritable) {
                failed.accept(unwritable);
            }
        }

        @Override
        public CompletableResultCode shutdown() {
            return client.close();
        }
    }

    private record HttpReply(CollectorClient.Reply reply) implements HttpSender.Response {
        @Override
        public int statusCode() {
            return reply.status();
        }

        @Override
        public String statusMessage() {
            return "";
        }

        @Override
        public byte[] responseBody() {
            return reply.body().getBytes();
        }
    }

    private static final class OverGrpc implements HttpSender {
        private final CollectorClient client;
        private final HttpSenderConfig config;

        OverGrpc(CollectorClient client, HttpSenderConfig config) {
            this.client = client;
            this.config = config;
        }

        /** One message, framed as in https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md. */
        @Override
        public void send(Marshaler message, int length, Consumer<Response> replied, Consumer<Throwable> failed) {
            Map<String, List<String>> headers = headers(config.getHeadersSupplier());
            headers.put("Content-Type", List.of("application/grpc"));
            headers.put("TE", List.of("trailers"));
            Compressor compressor = config.getCompressor();
            if (compressor != null) {
                headers.put("grpc-encoding", List.of(compressor.getEncoding()));
            }
            try {
                byte[] bytes = written(message, compressor);
                Buffer framed = Buffer.buffer(GRPC_HEAD + bytes.length)
                        .appendByte((byte) (compressor == null ? 0 : 1))
                        .appendInt(bytes.length)
                        .appendBytes(bytes);
                client.send(framed, headers, reply -> end(reply, replied, failed), failed);
            } catch (IOException unwritable) {
                failed.accept(unwritable);
            }
        }

        private static void end(CollectorClient.Reply reply, Consumer<Response> replied, Consumer<Throwable> failed) {
            int status = grpcStatus(reply);
            if (reply.status() != OK || status == GRPC_OK) {
                replied.accept(new HttpReply(reply));
            } else {
                failed.accept(new IOException("it answers with gRPC status " + status));
            }
        }

        @Override
        public CompletableResultCode shutdown() {
            return client.close();
        }
    }
}

package io.freerouter.trace;

import io.freerouter.routing.Ticker;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.EnvironmentResourceProvider;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * OpenTelemetry's SDK for traces, set up by its own <a
 * href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/">variables</a>, as properties such as
 * {@code otel.exporter.otlp.endpoint}. Only this package knows the SDK, so it is loaded only if this class is used.
 */
public final class TraceExport {
    private static final String SCOPE = "io.freerouter";
    private static final String SERVICE_NAME = "service.name";
    private static final String UNNAMED = "unknown_service";
    private static final String DEFAULT_NAME = "freerouter";
    private static final String QUEUE_SIZE = "otel.bsp.max.queue.size";
    private static final int DEFAULT_QUEUE_SIZE = 2048;
    private static final String PROTOCOL = "otel.exporter.otlp.protocol";
    private static final int GRPC_PORT = 4317;

    /** What the SDK could do besides traces. Only traces are exported, whatever the variables say that other programs share. */
    private static final Map<String, String> TRACES_ONLY =
            Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none", "otel.propagators", "none");

    private final SpanIds ids = new SpanIds();
    private final OpenTelemetrySdk sdk;
    private final OtlpExporters exporters;
    private Sampler sampler = Sampler.alwaysOn();
    private ReportedExporter exporter;

    /** The variables cannot be used; the message says why. */
    public static final class UnusableOptions extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableOptions(String why, Throwable cause) {
            super(why, cause);
        }
    }

    /**
     * Sets the SDK up, and sends spans by OTLP.
     *
     * @param properties OpenTelemetry's options, by their names in lower case with dots
     * @throws UnusableOptions if OpenTelemetry refuses an option
     */
    public static TraceExport of(Map<String, String> properties, Vertx vertx, Ticker ticker) throws UnusableOptions {
        return of(properties, vertx, ticker, exporter -> exporter);
    }

    /** The same with another exporter in place of the one that the options say. */
    static TraceExport of(
            Map<String, String> properties, Vertx vertx, Ticker ticker, UnaryOperator<SpanExporter> replacement)
            throws UnusableOptions {
        try {
            return new TraceExport(properties, vertx, ticker, replacement);
        } catch (ConfigurationException | IllegalArgumentException | IllegalStateException refused) {
            throw new UnusableOptions(reason(refused), refused);
        }
    }

    /** Without the values of headers, which OpenTelemetry repeats at the end of its message: they may be passwords. */
    private static String reason(Throwable refused) {
        String own = String.valueOf(refused.getMessage());
        Throwable cause = refused.getCause();
        String all = cause == null || cause.getMessage() == null || own.contains(cause.getMessage())
                ? own
                : own + ": " + cause.getMessage();
        return all.replaceFirst("(?s)(headers=|header value: ).*", "$1***");
    }

    private TraceExport(
            Map<String, String> properties, Vertx vertx, Ticker ticker, UnaryOperator<SpanExporter> replacement) {
        exporters = new OtlpExporters(vertx, properties);
        sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .setComponentLoader(components())
                .addPropertiesSupplier(() -> properties)
                .addPropertiesCustomizer(config -> TRACES_ONLY)
                .addPropertiesCustomizer(TraceExport::protocol)
                .addResourceCustomizer((resource, config) -> named(resource))
                .addSamplerCustomizer((configured, config) -> {
                    sampler = configured;
                    return Sampler.alwaysOn();
                })
                .addSpanExporterCustomizer((configured, config) -> {
                    int most = config.getInt(QUEUE_SIZE, DEFAULT_QUEUE_SIZE);
                    exporter = new ReportedExporter(replacement.apply(configured), endpoint(config), most, ticker);
                    return exporter;
                })
                .addTracerProviderCustomizer((provider, config) -> provider.setIdGenerator(ids))
                .build()
                .getOpenTelemetrySdk();
        if (exporter == null) {
            throw new IllegalStateException("There is no exporter: OTEL_TRACES_EXPORTER must be otlp");
        }
    }

    /** What the SDK is made of besides itself. It looks for nothing on the class path, so the native executable can do it, too. */
    private ComponentLoader components() {
        List<?> all = List.of(exporters, new EnvironmentResourceProvider());
        return new ComponentLoader() {
            @Override
            public <T> Iterable<T> load(Class<T> type) {
                return all.stream().filter(type::isInstance).map(type::cast).toList();
            }
        };
    }

    private static Map<String, String> protocol(ConfigProperties config) {
        return config.getString(PROTOCOL) == null
                ? Map.of(PROTOCOL, protocolOf(endpoint(config).toString()))
                : Map.of();
    }

    /** OpenTelemetry's usual port for gRPC means gRPC; any other one means HTTP, as the specification has it. */
    static String protocolOf(String endpoint) {
        return String.valueOf(URI.create(endpoint).getAuthority()).endsWith(":" + GRPC_PORT) ? "grpc" : "http/protobuf";
    }

    private static URI endpoint(ConfigProperties config) {
        String endpoint = Optional.ofNullable(config.getString("otel.exporter.otlp.traces.endpoint"))
                .or(() -> Optional.ofNullable(config.getString("otel.exporter.otlp.endpoint")))
                .orElse("http://localhost:4318");
        return URI.create(endpoint);
    }

    private static Resource named(Resource resource) {
        boolean unnamed = resource.getAttributes().asMap().entrySet().stream()
                .filter(attribute -> attribute.getKey().getKey().equals(SERVICE_NAME))
                .allMatch(attribute -> String.valueOf(attribute.getValue()).startsWith(UNNAMED));
        return unnamed ? resource.toBuilder().put(SERVICE_NAME, DEFAULT_NAME).build() : resource;
    }

    Tracer tracer() {
        return sdk.getTracer(SCOPE);
    }

    SpanIds ids() {
        return ids;
    }

    /** Decides which traces are recorded. The SDK itself records all spans that it is given. */
    Sampler sampler() {
        return sampler;
    }

    /** Whether so many more spans may be made. If so, they count as waiting; if not, as lost. */
    boolean hasRoomFor(int spans) {
        return exporter.hasRoomFor(spans);
    }

    long lost() {
        return exporter.lost();
    }

    /** Where traces go, for people. */
    public String destination() {
        return exporter.destination();
    }

    /** Sends what waits, once, and ends. */
    CompletableResultCode close() {
        exporters.stopRetrying();
        return sdk.getSdkTracerProvider().shutdown();
    }
}

package io.freerouter.server;

import io.freerouter.engine.RequestTrace;
import io.freerouter.openrouter.UpstreamEndpoint;
import io.freerouter.routing.Ticker;
import io.freerouter.trace.TraceExport;
import io.freerouter.trace.TraceRecorder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Records traces if OpenTelemetry's own variables name a collector. Nothing of OpenTelemetry is loaded before that is known, so
 * who has no collector does not pay for it.
 */
@Singleton
class Traces {
    private static final Logger LOG = Logger.getLogger("io.freerouter");
    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(5);
    private static final Duration SHORTEST_FLUSH = Duration.ofSeconds(1);
    private static final String PREFIX = "otel.";

    private final Config config;
    private final Ticker ticker;
    private final Duration stopTimeout;
    private final boolean propagated;
    private final Optional<TraceRecorder> recorder;
    private volatile Instant stoppingSince;

    Traces(
            Config config,
            FreeRouterConfig options,
            UpstreamEndpoint endpoint,
            Vertx vertx,
            Ticker ticker,
            MeterRegistry registry) {
        this.config = config;
        this.ticker = ticker;
        this.stopTimeout = options.shutdown().timeout();
        this.propagated = options.traces().propagate();
        this.recorder = isConfigured() ? recorder(endpoint, vertx, registry) : Optional.empty();
    }

    /** Whether a collector is named, or the exporter that has one by default. */
    private boolean isConfigured() {
        Optional<String> exporter = option("otel.traces.exporter");
        boolean off =
                option("otel.sdk.disabled").filter("true"::equalsIgnoreCase).isPresent()
                        || exporter.filter("none"::equalsIgnoreCase).isPresent();
        return !off
                && (exporter.isPresent()
                        || option("otel.exporter.otlp.endpoint").isPresent()
                        || option("otel.exporter.otlp.traces.endpoint").isPresent());
    }

    private Optional<String> option(String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** A collector that cannot be used is no reason not to answer requests. */
    private Optional<TraceRecorder> recorder(UpstreamEndpoint endpoint, Vertx vertx, MeterRegistry registry) {
        try {
            TraceExport export = TraceExport.of(openTelemetryOptions(), vertx, ticker);
            TraceRecorder made = new TraceRecorder(
                    export,
                    endpoint.baseUrl(),
                    () -> ThreadLocalRandom.current().nextLong(),
                    propagated);
            FunctionCounter.builder("freerouter.traces.spans.lost", made, TraceRecorder::lost)
                    .description("Spans that the collector did not take, or that did not find room in the queue")
                    .register(registry);
            LOG.infof("Traces go to %s", export.destination());
            return Optional.of(made);
        } catch (TraceExport.UnusableOptions refused) {
            LOG.errorf(
                    "There will be no traces, because OpenTelemetry does not take an option: %s. Correct the variable that"
                            + " begins with OTEL_, or set OTEL_SDK_DISABLED=true",
                    refused.getMessage());
            return Optional.empty();
        }
    }

    /** OpenTelemetry's options wherever the program's options may stand, by their names in lower case with dots. */
    private Map<String, String> openTelemetryOptions() {
        Map<String, String> options = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (dotted.startsWith(PREFIX)) {
                option(dotted).or(() -> option(name)).ifPresent(value -> options.put(dotted, value));
            }
        }
        return options;
    }

    Optional<TraceRecorder> recorder() {
        return recorder;
    }

    /** Gives requests their place in a trace. */
    RequestTrace.Source source() {
        return recorder.<RequestTrace.Source>map(made -> made)
                .orElseGet(() -> RequestTrace.Source.unrecorded(propagated));
    }

    void stopping(@Observes ShutdownDelayInitiatedEvent begun) {
        stoppingSince = ticker.now();
    }

    /** Sends what waits, within what is left of the time to stop. */
    void stop(@Observes ShutdownEvent stopped) {
        recorder.ifPresent(made -> {
            try {
                made.close()
                        .toCompletableFuture()
                        .orTimeout(flushTime().toMillis(), TimeUnit.MILLISECONDS)
                        .join();
            } catch (CompletionException late) {
                LOG.warn("The last traces were not sent, because the collector did not answer in time");
            }
        });
    }

    private Duration flushTime() {
        Duration left = stoppingSince == null
                ? LONGEST_FLUSH
                : stopTimeout.minus(Duration.between(stoppingSince, ticker.now()));
        if (left.compareTo(LONGEST_FLUSH) > 0) {
            return LONGEST_FLUSH;
        }
        return left.compareTo(SHORTEST_FLUSH) < 0 ? SHORTEST_FLUSH : left;
    }
}

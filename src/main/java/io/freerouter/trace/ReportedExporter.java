package io.freerouter.trace;

import io.freerouter.routing.Ticker;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Exports spans, counts those that wait and those that are lost, and logs trouble with the collector: at its beginning, once a
 * minute while it lasts, and at its end. Safe to use from any thread.
 */
final class ReportedExporter implements SpanExporter {
    private static final Logger LOG = Logger.getLogger("io.freerouter");
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final SpanExporter exporter;
    private final URI endpoint;
    private final int most;
    private final Ticker ticker;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();
    private Instant quietUntil = Instant.MIN;
    private boolean troubled;

    /** @param most how many spans may wait */
    ReportedExporter(SpanExporter exporter, URI endpoint, int most, Ticker ticker) {
        this.exporter = exporter;
        this.endpoint = endpoint;
        this.most = most;
        this.ticker = ticker;
    }

    boolean hasRoomFor(int spans) {
        if (waiting.addAndGet(spans) <= most) {
            return true;
        }
        waiting.addAndGet(-spans);
        lost.addAndGet(spans);
        return false;
    }

    long lost() {
        return lost.get();
    }

    /** Without user information, which may be a password. Names of containers may have a {@code _}, which is in no URI's host. */
    String destination() {
        String authority = String.valueOf(endpoint.getAuthority());
        return endpoint.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        int count = spans.size();
        waiting.addAndGet(-count);
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> {
            if (result.isSuccess()) {
                succeeded();
            } else {
                failed(count, result.getFailureThrowable());
            }
        });
    }

    private void succeeded() {
        boolean again;
        synchronized (this) {
            again = troubled;
            troubled = false;
            quietUntil = Instant.MIN;
        }
        if (again) {
            LOG.infof("The collector at %s takes traces again", destination());
        }
    }

    private void failed(int count, Throwable cause) {
        long all = lost.addAndGet(count);
        Instant now = ticker.now();
        synchronized (this) {
            troubled = true;
            if (now.isBefore(quietUntil)) {
                return;
            }
            quietUntil = now.plus(BETWEEN_LINES);
        }
        LOG.warnf(
                "The collector at %s does not take traces: %s. Requests are answered all the same; %d spans are lost so far."
                        + " Look at the collector, and at OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_PROTOCOL",
                destination(), reason(cause), all);
    }

    private static String reason(Throwable cause) {
        if (cause instanceof HttpExportException http && http.getResponse() != null) {
            return "it answers with status " + http.getResponse().statusCode();
        }
        Throwable root = cause;
        while (root != null && root.getMessage() == null && root.getCause() != null
                || root instanceof HttpExportException) {
            root = root.getCause();
        }
        if (root == null) {
            return "no reason is known";
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}

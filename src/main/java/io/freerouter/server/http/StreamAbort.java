package io.freerouter.server.http;

import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The end of a stream that broke after it had begun: an error event, and a moment later the connection is dropped without
 * the response's proper end (over HTTP/2 the stream is reset). Clients that know error events show the event; clients that do
 * not would otherwise take the part that came for the whole answer. With no time between the two, clients lose the event.
 */
final class StreamAbort {
    private static final Logger LOG = Logger.getLogger("io.freerouter");
    private static final Duration PAUSE = Duration.ofMillis(50);
    /** RFC 9113, 7. */
    private static final long INTERNAL_ERROR = 2;

    private final Ticker ticker;
    private final String requestId;
    private final Runnable drop;

    /** @param requestId what error events of some dialects name */
    StreamAbort(Ticker ticker, String requestId, RoutingContext exchange) {
        this(ticker, requestId, () -> drop(exchange));
    }

    /** @param drop drops the connection */
    StreamAbort(Ticker ticker, String requestId, Runnable drop) {
        this.ticker = ticker;
        this.requestId = requestId;
        this.drop = drop;
    }

    /** Closes the connection itself: Vert.x would not tell anybody of a response that is reset. */
    private static void drop(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (request.version() == HttpVersion.HTTP_2) {
            exchange.response().reset(INTERNAL_ERROR);
        } else {
            request.connection().close();
        }
    }

    /** What broke a stream. Anything but an attempt's failure is a bug: the log has the details, the caller gets none. */
    static Failure failureOf(Throwable cause) {
        if (cause instanceof AttemptException failed) {
            return failed.failure();
        }
        LOG.error("A stream broke in a way that should not be possible", cause);
        return Failure.of(FailureKind.BROKEN);
    }

    /**
     * The last event of a stream. It never ends by itself: it is cancelled when the connection has been dropped. The next
     * item is asked for when the event has been written, so the pause begins then.
     */
    Multi<String> after(String event) {
        ErrorSender.logStreamError(requestId, event);
        Multi<String> pause = Multi.createFrom().emitter(emitter -> emitter.onTermination(ticker.after(PAUSE, drop)));
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(event), SuccessResponse.nothing(), pause);
    }
}

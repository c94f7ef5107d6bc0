package io.freerouter.server.http;

import io.freerouter.observe.RequestHistory;
import io.freerouter.page.Page;
import io.freerouter.page.Page.Visit;
import io.freerouter.reply.RefusalWriter;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps open views up to date, by server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) whose data
 * is HTML. A view is written anew on a worker thread, at most four times a second and only after something has happened, or
 * while a request runs; it is sent only if it differs from what was sent before.
 */
@Singleton
final class LiveViews {
    /** How many views may be open at once, each of which costs processor time while requests run. */
    static final int MOST = 64;

    private static final long PERIOD_MILLIS = 250;
    /** A view with running requests changes with time: in every second period. */
    private static final int RUNNING_PERIODS = 2;
    /** Every view changes with time, because cooldowns end: after so many periods at the latest. */
    private static final int LONGEST_PERIODS = 20;
    /** After so many periods without an event a comment is sent, which shows whether the page is still there. */
    private static final int SILENT_PERIODS = 60;

    private final Page page;
    private final RequestHistory history;
    private final Set<LiveView> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    LiveViews(Page page, RequestHistory history) {
        this.page = page;
        this.history = history;
    }

    /** Open streams would hold up the program's end. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
        open.forEach(LiveView::end);
    }

    /** Answers with the view's changes, until the caller disconnects or the program stops. */
    void open(RoutingContext exchange, Visit visit, String address) {
        if (stopping) {
            ErrorSender.send(exchange, RefusalWriter.shuttingDown());
        } else if (open.size() >= MOST) {
            String message = MOST + " pages of the gateway are open already. Close one of them.";
            ErrorSender.send(exchange, RefusalWriter.error(503, message, "too_many_pages"));
        } else {
            new LiveView(exchange, visit, address).begin();
        }
    }

    /** One open view; confined to its event loop, except that it may be told of changes and ended from anywhere. */
    private final class LiveView {
        private final Vertx vertx;
        private final HttpServerResponse response;
        private final Visit visit;
        private final String address;
        private long timer;
        private Runnable unsubscribe = () -> {};
        private volatile boolean changed = true;
        private boolean writing;
        private boolean ended;
        private int periods;
        private int silent;
        private String sent = "";

        LiveView(RoutingContext exchange, Visit visit, String address) {
            this.vertx = exchange.vertx();
            this.response = exchange.response();
            this.visit = visit;
            this.address = address;
        }

        void begin() {
            response.setChunked(true)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader("X-Accel-Buffering", "no");
            open.add(this);
            unsubscribe = history.subscribe(change -> changed = true);
            timer = vertx.setPeriodic(PERIOD_MILLIS, passed -> look());
            response.closeHandler(closed -> forget());
            response.exceptionHandler(failed -> forget());
            response.write(": open\n\n");
            look();
        }

        private void look() {
            periods++;
            silent++;
            boolean due = changed
                    || periods >= LONGEST_PERIODS
                    || periods >= RUNNING_PERIODS && !history.running().isEmpty();
            if (due && !writing && !response.writeQueueFull()) {
                changed = false;
                periods = 0;
                writing = true;
                vertx.executeBlocking(() -> page.changing(visit, address), false)
                        .onComplete(written -> {
                            writing = false;
                            if (written.succeeded()) {
                                send(written.result());
                            } else {
                                end();
                            }
                        });
            } else if (silent >= SILENT_PERIODS && !ended) {
                silent = 0;
                response.write(":\n\n");
            }
        }

        private void send(Optional<String> html) {
            if (ended || html.isEmpty() || html.get().equals(sent)) {
                return;
            }
            sent = html.get();
            silent = 0;
            response.write("event: view\ndata: " + sent.strip().replace("\n", "\ndata: ") + "\n\n");
        }

        void end() {
            forget();
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        }

        private void forget() {
            ended = true;
            open.remove(this);
            unsubscribe.run();
            vertx.cancelTimer(timer);
        }
    }
}

package io.freerouter.openrouter;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.impl.ContextInternal;

/**
 * Pings a connection over HTTP/2 (RFC 9113, 6.7) and closes it when a ping stays unanswered: after a sleep or behind a NAT
 * that has forgotten it, a dead connection would else take every call of its event loop until TCP gives up. Confined to
 * that event loop.
 */
final class Heartbeat {
    private static final long INTERVAL_MILLIS = 15_000;
    /** Eight bytes, as the protocol wants it. */
    private static final String PING = "heartbea";

    private final HttpConnection connection;
    private boolean unanswered;

    private Heartbeat(HttpConnection connection) {
        this.connection = connection;
    }

    /**
     * Watches a connection until it is closed. One over HTTP/1.1 carries one call at a time and needs no pings. That a
     * connection breaks is told to its calls; without a handler here Vert.x would log it as an error, with whatever text
     * the other side has sent. Whoever was first to call over it may be undeployed, which must not end the pings.
     */
    static void watch(Vertx vertx, HttpConnection connection) {
        connection.exceptionHandler(told -> {});
        boolean isHttp1 = connection.getWindowSize() < 0;
        if (isHttp1) {
            return;
        }
        Heartbeat heartbeat = new Heartbeat(connection);
        ContextInternal here = (ContextInternal) vertx.getOrCreateContext();
        long timer = here.setPeriodic(INTERVAL_MILLIS, beat -> heartbeat.beat());
        connection.closeHandler(closed -> vertx.cancelTimer(timer));
    }

    private void beat() {
        if (unanswered) {
            connection.close();
        } else {
            unanswered = true;
            connection.ping(Buffer.buffer(PING)).onSuccess(pong -> unanswered = false);
        }
    }
}

package io.freerouter.openrouter;

import io.freerouter.failure.FailureKind;
import io.freerouter.routing.Ticker;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One HTTP exchange with the upstream, all on one event loop. May be closed at any moment from any thread. */
final class UpstreamCall {
    /** HTTP/2's code for a caller who has lost interest (RFC 9113, 7). Over HTTP/1.1 a reset closes the connection. */
    private static final long CANCEL = Http2Error.CANCEL.code();

    /**
     * How long the upstream may take to close a connection that was closed, as it saw it, before the request came: a round trip,
     * with a lost packet or two on the way. After a longer silence it has most likely begun to process the request.
     */
    private static final Duration STALE = Duration.ofSeconds(5);

    private final Context loop;
    private final Ticker ticker;
    private BooleanSupplier mayWrite;
    private Consumer<HttpClientResponse> responded;
    private Consumer<FailureKind> failed;
    private EventLoopClients.Lease lease;
    private int sent;
    private HttpClientRequest request;
    private UpstreamConnection connection;
    private long bytesBefore;
    private Instant writtenAt;
    private boolean sending;
    private HttpClientResponse response;
    private Runnable abandoned = () -> {};
    private boolean closed;
    private boolean ended;
    private boolean released;
    private Runnable cancelClosing = () -> {};

    /** @param mayWrite asked once, when there is a connection: false if the request must not be sent any more */
    UpstreamCall(Context loop, Ticker ticker, BooleanSupplier mayWrite) {
        this.loop = loop;
        this.ticker = ticker;
        this.mayWrite = mayWrite;
    }

    /** Says what to do with the outcome: one of the two is called, on the event loop, unless the call is closed first. */
    UpstreamCall then(Consumer<HttpClientResponse> responded, Consumer<FailureKind> failed) {
        this.responded = responded;
        this.failed = failed;
        return this;
    }

    /** Sends a request, once. The receiver of the response's head sets the response's handlers there and then. */
    void send(EventLoopClients clients, RequestOptions options, Buffer body) {
        loop.runOnContext(turn -> {
            if (closed) {
                return;
            }
            try {
                lease = clients.lease();
                lease.connect(options)
                        .onSuccess(connected -> write(connected, body))
                        .onFailure(this::failConnecting);
            } catch (IllegalStateException clientIsClosed) {
                fail(FailureKind.UNREACHABLE);
            }
        });
    }

    /**
     * A connection of the pool may be closed just when it is handed out. If no connection came about in time, the attempt may
     * still hang in the pool, where it would hold up later calls.
     */
    private void failConnecting(Throwable cause) {
        if (cause instanceof HttpClosedException || cause instanceof TimeoutException) {
            lease.retire();
        }
        fail(cause instanceof HttpClosedException ? FailureKind.UNPROCESSED : FailureKind.UNREACHABLE);
    }

    private void write(HttpClientRequest connected, Buffer body) {
        request = connected;
        connection = UpstreamConnection.of(request.connection());
        request.exceptionHandler(this::fail);
        if (closed || !mayWrite.getAsBoolean()) {
            end();
            request.reset(CANCEL);
            return;
        }
        sent = body.length();
        connection.request();
        bytesBefore = connection.bytes();
        writtenAt = ticker.now();
        sending = true;
        request.send(body).onSuccess(this::read).onFailure(this::fail);
        sending = false;
    }

    private void read(HttpClientResponse head) {
        response = head;
        Consumer<HttpClientResponse> receiver = responded;
        forgetReceivers();
        if (closed) {
            drain();
        } else {
            receiver.accept(head);
        }
    }

    /** A stream's call lives long. Those who wait for its response's head hold the whole request and its body. */
    private void forgetReceivers() {
        responded = null;
        failed = null;
        mayWrite = null;
    }

    private void fail(Throwable cause) {
        if (response == null) {
            fail(kind(cause));
        }
    }

    private void fail(FailureKind kind) {
        boolean known = ended;
        end();
        if (!closed && !known) {
            failed.accept(kind);
        }
    }

    /** Says what to do, on the event loop, if the call is closed before its response is over: the response's handlers are gone. */
    void whenAbandoned(Runnable task) {
        abandoned = task;
    }

    /** How many bytes the request's body has; known when the response's head is there. */
    int sent() {
        return sent;
    }

    /** Whether the connection is over HTTP/1 and has served a request before this one. */
    boolean isOnReusedHttp1() {
        return connection.isReused() && !connection.isHttp2();
    }

    /** The response says that the request was not processed. Returns the kind of this failure. */
    FailureKind unprocessed() {
        lease.retire();
        return FailureKind.UNPROCESSED;
    }

    /** The response broke off. Returns whose fault that is. */
    FailureKind broken(Throwable cause) {
        end();
        return kind(cause);
    }

    /**
     * Whose fault it is that an exchange failed.
     *
     * <ul>
     *   <li>UNPROCESSED: the upstream cannot have processed the request. It said so ({@code REFUSED_STREAM}, GOAWAY: RFC 9113,
     *       8.7), or a connection that had served before was lost, and not a byte came over it since the request was sent:
     *       either soon after that (RFC 9112, 9.3.1), or because the connection did not answer a ping.
     *   <li>HUNG_UP: a connection over HTTP/1.1 that had not served before was lost, and not a byte came over it.
     *   <li>DISCONNECTED: the connection was lost otherwise.
     *   <li>BROKEN: the upstream cut this answer off. HTTP/1.1 has no other way to do that than to close the connection in the
     *       middle of the response.
     * </ul>
     */
    private FailureKind kind(Throwable cause) {
        FailureKind kind = classify(cause);
        if (kind == FailureKind.UNPROCESSED) {
            lease.retire();
        }
        return kind;
    }

    private FailureKind classify(Throwable cause) {
        if (cause instanceof StreamResetException reset) {
            boolean refused = response == null && reset.getCode() == Http2Error.REFUSED_STREAM.code();
            return refused ? FailureKind.UNPROCESSED : FailureKind.BROKEN;
        }
        if (cause instanceof Http2Exception.StreamException) {
            return sending ? FailureKind.UNPROCESSED : FailureKind.BROKEN;
        }
        if (cause instanceof HttpClosedException || cause instanceof IOException || cause instanceof Http2Exception) {
            return disconnected();
        }
        return FailureKind.MALFORMED;
    }

    private FailureKind disconnected() {
        boolean silent = connection.bytes() == bytesBefore;
        boolean stale = silent && connection.isReused();
        if (stale) {
            lease.retire();
        }
        boolean lost = stale && (connection.isUnresponsive() || isSoonAfterWriting());
        if (response == null && (sending || lost || connection.rejects(request.streamId()))) {
            return FailureKind.UNPROCESSED;
        }
        if (silent && !stale && !connection.isHttp2()) {
            return FailureKind.HUNG_UP;
        }
        return connection.isHttp2() || silent ? FailureKind.DISCONNECTED : FailureKind.BROKEN;
    }

    private boolean isSoonAfterWriting() {
        return ticker.now().isBefore(writtenAt.plus(STALE));
    }

    /** The response is over, well or badly: there is nothing left to close. */
    void end() {
        ended = true;
        cancelClosing.run();
        if (lease != null && !released) {
            released = true;
            lease.release();
        }
    }

    /**
     * Closes the exchange after a while, unless it is over by then. No timer outlives the exchange, because it would keep all that
     * belongs to the exchange in memory. Called on the event loop.
     */
    void closeAfter(Duration delay) {
        if (!ended) {
            cancelClosing.run();
            cancelClosing = ticker.after(delay, this::close);
        }
    }

    /** Closes the exchange, wherever it is. Harmless if it is over. */
    void close() {
        loop.runOnContext(turn -> closeHere());
    }

    /** Resets a turn later, so that an end that is already on its way is seen first: see {@link EventLoopClients}. */
    private void closeHere() {
        if (closed || ended) {
            return;
        }
        closed = true;
        if (response != null) {
            drain();
        }
        abandoned.run();
        if (request != null) {
            loop.runOnContext(turn -> reset());
        }
    }

    private void drain() {
        response.exceptionHandler(cause -> end());
        response.endHandler(nothing -> end());
        response.handler(data -> {});
        response.resume();
    }

    private void reset() {
        if (!ended) {
            end();
            request.reset(CANCEL);
        }
    }
}

package io.freerouter.openrouter;

import io.freerouter.failure.FailureKind;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One HTTP exchange with the upstream, all on one event loop, that can be closed at any moment from anywhere. */
final class UpstreamCall {
    /** HTTP/2's code for a caller who has lost interest (RFC 9113, 7). Over HTTP/1.1 a reset closes the connection. */
    private static final long CANCEL = 0x8;

    private final Context loop;
    private Consumer<HttpClientResponse> responded;
    private Consumer<FailureKind> failed;
    private int sent;
    private HttpClientRequest request;
    private HttpClientResponse response;
    private boolean closed;
    private boolean ended;

    UpstreamCall(Context loop) {
        this.loop = loop;
    }

    /** Says what to do with the outcome: one of the two is called, on the event loop, unless the call is closed first. */
    UpstreamCall then(Consumer<HttpClientResponse> responded, Consumer<FailureKind> failed) {
        this.responded = responded;
        this.failed = failed;
        return this;
    }

    /** Sends a request, once. Whoever gets the response's head sets its handlers there and then. */
    void send(Supplier<HttpClient> client, RequestOptions options, Buffer body) {
        loop.runOnContext(turn -> {
            try {
                client.get()
                        .request(options)
                        .onSuccess(connected -> write(connected, body))
                        .onFailure(cause -> fail(FailureKind.UNREACHABLE));
            } catch (IllegalStateException clientIsClosed) {
                fail(FailureKind.UNREACHABLE);
            }
        });
    }

    private void write(HttpClientRequest connected, Buffer body) {
        request = connected;
        sent = body.length();
        connected.exceptionHandler(cause -> fail(FailureKind.BROKEN));
        if (closed) {
            connected.reset(CANCEL);
        } else {
            connected.send(body).onSuccess(this::read).onFailure(cause -> fail(FailureKind.BROKEN));
        }
    }

    private void read(HttpClientResponse head) {
        response = head;
        if (closed) {
            drain();
        } else {
            responded.accept(head);
        }
    }

    private void fail(FailureKind kind) {
        if (!closed && !ended && response == null) {
            ended = true;
            failed.accept(kind);
        }
    }

    /** How many bytes the request's body has; known when the response's head is there. */
    int sent() {
        return sent;
    }

    /** The response is over, well or badly: there is nothing left to close. */
    void end() {
        ended = true;
    }

    /** Closes the exchange, wherever it is. Harmless if it is over. */
    void close() {
        loop.runOnContext(turn -> closeHere());
    }

    /** Resets a turn later, so that an end that is already on its way is seen first: see {@link LoopClients}. */
    private void closeHere() {
        if (closed || ended) {
            return;
        }
        closed = true;
        if (response != null) {
            drain();
        }
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
            request.reset(CANCEL);
        }
    }
}

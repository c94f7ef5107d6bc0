package io.freerouter.openrouter;

import io.freerouter.failure.FailureKind;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends GET requests over the HTTP clients that chat uses: all of the library's, and the server's where its own client cannot
 * connect.
 */
final class VertxHttpGet implements CatalogAndAccountReader.HttpGet {
    private static final Duration TIMEOUT = Duration.ofMillis(TIMEOUT_MILLIS);
    private static final Duration PAUSE = Duration.ofMillis(PAUSE_MILLIS);

    private final Vertx vertx;
    private final UpstreamEndpoint endpoint;
    private final Ticker ticker;
    private final EventLoopClients clients;
    private final int retries;

    /** @param retries how often a failed connection is tried again */
    VertxHttpGet(Vertx vertx, UpstreamEndpoint endpoint, Ticker ticker, EventLoopClients clients, int retries) {
        this.retries = retries;
        this.vertx = vertx;
        this.endpoint = endpoint;
        this.ticker = ticker;
        this.clients = clients;
    }

    @Override
    public Uni<byte[]> read(OpenRouterResource resource, Optional<Secret> key) {
        return read(resource, key, retries);
    }

    private Uni<byte[]> read(OpenRouterResource resource, Optional<Secret> key, int left) {
        return once(resource, key)
                .onFailure(failure -> left > 0 && failure instanceof ResourceReadException.ConnectionFailed)
                .recoverWithUni(() -> pause().chain(() -> read(resource, key, left - 1)));
    }

    private Uni<Void> pause() {
        return Uni.createFrom()
                .emitter(emitter -> emitter.onTermination(ticker.after(PAUSE, () -> emitter.complete(null))));
    }

    private Uni<byte[]> once(OpenRouterResource resource, Optional<Secret> key) {
        return Uni.createFrom().emitter(emitter -> {
            UpstreamCall call = new UpstreamCall(vertx.getOrCreateContext(), ticker, () -> true);
            Runnable cancelTimer = ticker.after(TIMEOUT, () -> {
                emitter.fail(failed(resource, FailureKind.TIMED_OUT));
                call.close();
            });
            emitter.onTermination(() -> {
                cancelTimer.run();
                call.close();
            });
            call.then(response -> body(resource, call, response, emitter), kind -> emitter.fail(failed(resource, kind)))
                    .send(clients, options(resource, key), Buffer.buffer());
        });
    }

    private void body(
            OpenRouterResource resource,
            UpstreamCall call,
            HttpClientResponse response,
            UniEmitter<? super byte[]> emitter) {
        int status = response.statusCode();
        new ResponseBodyCollector(
                        resource.maxBytes(),
                        call,
                        bytes -> {
                            if (status / 100 == 2) {
                                emitter.complete(bytes);
                            } else {
                                emitter.fail(new ResourceReadException(resource, endpoint.baseUrl(), status));
                            }
                        },
                        (cut, kind) -> emitter.fail(failed(resource, kind)))
                .collect(response);
    }

    private ResourceReadException failed(OpenRouterResource resource, FailureKind kind) {
        URI upstream = endpoint.baseUrl();
        return switch (kind) {
            case UNREACHABLE -> new ResourceReadException.Unreachable(resource, upstream);
            case MALFORMED ->
                new ResourceReadException(
                        resource, upstream, "it is longer than " + resource.maxBytes() + " bytes or cannot be decoded");
            case TIMED_OUT ->
                new ResourceReadException.ConnectionFailed(
                        resource, upstream, "no answer within " + TIMEOUT.toSeconds() + " seconds");
            default -> new ResourceReadException.ConnectionFailed(resource, upstream, "the connection broke");
        };
    }

    private RequestOptions options(OpenRouterResource resource, Optional<Secret> key) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setURI(endpoint.baseUrl().getRawPath() + resource.path())
                .setFollowRedirects(false)
                .putHeader("Accept", "application/json")
                .putHeader("Accept-Encoding", "identity")
                .putHeader("User-Agent", "FreeRouter");
        key.ifPresent(shown -> options.putHeader("Authorization", "Bearer " + shown.value()));
        return options;
    }
}

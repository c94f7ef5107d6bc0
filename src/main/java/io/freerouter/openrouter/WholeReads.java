package io.freerouter.openrouter;

import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** OpenRouter's small, whole answers, over the HTTP clients that its chat uses: what needs no server and no container. */
final class WholeReads {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration BEFORE_AGAIN = Duration.ofMillis(250);
    private static final int TIMES_MORE = 2;
    private static final Set<FailureKind> OF_THE_CONNECTION =
            EnumSet.of(FailureKind.UNREACHABLE, FailureKind.BROKEN, FailureKind.TIMED_OUT);

    private final Vertx vertx;
    private final Site site;
    private final Ticker ticker;
    private final LoopClients clients;

    WholeReads(Vertx vertx, Site site, Ticker ticker, LoopClients clients) {
        this.vertx = vertx;
        this.site = site;
        this.ticker = ticker;
        this.clients = clients;
    }

    /**
     * Reads an answer's body. What fails for the connection's sake is tried twice more, a refusal is not.
     *
     * @param path from the API's root on
     * @param max how many bytes it may have
     * @return fails with {@link AttemptFailed}
     */
    Uni<byte[]> read(String path, Map<String, String> headers, int max) {
        return read(path, headers, max, TIMES_MORE);
    }

    private Uni<byte[]> read(String path, Map<String, String> headers, int max, int timesMore) {
        return once(path, headers, max)
                .onFailure(failure -> timesMore > 0 && isOfTheConnection(failure))
                .recoverWithUni(() -> pause().chain(() -> read(path, headers, max, timesMore - 1)));
    }

    private Uni<Void> pause() {
        return Uni.createFrom()
                .emitter(emitter -> emitter.onTermination(ticker.after(BEFORE_AGAIN, () -> emitter.complete(null))));
    }

    private static boolean isOfTheConnection(Throwable failure) {
        return failure instanceof AttemptFailed failed
                && OF_THE_CONNECTION.contains(failed.failure().kind());
    }

    private Uni<byte[]> once(String path, Map<String, String> headers, int max) {
        return Uni.createFrom().emitter(emitter -> {
            UpstreamCall call = new UpstreamCall(vertx.getOrCreateContext());
            Runnable callOff = ticker.after(TIMEOUT, () -> {
                emitter.fail(failed(FailureKind.TIMED_OUT));
                call.close();
            });
            emitter.onTermination(() -> {
                callOff.run();
                call.close();
            });
            call.then(response -> body(max, call, response, emitter), kind -> emitter.fail(failed(kind)))
                    .send(clients::ofThisLoop, options(path, headers), Buffer.buffer());
        });
    }

    private static void body(
            int max, UpstreamCall call, HttpClientResponse response, UniEmitter<? super byte[]> emitter) {
        int status = response.statusCode();
        new WholeBody(
                        max,
                        call,
                        bytes -> {
                            if (status / 100 == 2) {
                                emitter.complete(bytes);
                            } else {
                                emitter.fail(refused(status));
                            }
                        },
                        kind -> emitter.fail(failed(kind)))
                .collect(response);
    }

    private RequestOptions options(String path, Map<String, String> headers) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setURI(site.baseUrl().getRawPath() + path)
                .setFollowRedirects(false)
                .putHeader("Accept", "application/json")
                .putHeader("User-Agent", "FreeRouter");
        headers.forEach(options::putHeader);
        return options;
    }

    private static AttemptFailed failed(FailureKind kind) {
        return new AttemptFailed(Failure.of(kind));
    }

    private static AttemptFailed refused(int status) {
        return new AttemptFailed(
                new Failure(FailureKind.SERVER_ERROR, OptionalInt.of(status), Optional.empty(), Optional.empty()));
    }
}

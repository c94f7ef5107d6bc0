package io.freerouter.openrouter;

import io.freerouter.engine.Completion;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.Question;
import io.freerouter.engine.Upstream;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * OpenRouter's chat completions (https://openrouter.ai/docs/api-reference/chat-completion). Each call lives on the event
 * loop it is subscribed on, or on one of its own where there is none.
 */
public final class OpenRouterUpstream implements Upstream {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final Vertx vertx;
    private final Site site;
    private final Ticker ticker;
    private final LoopClients clients;
    private final FailureReader failures;
    private final CompletionReader completions;

    /** Makes its own HTTP clients on {@code vertx}; they close with it. */
    public OpenRouterUpstream(Vertx vertx, Site site, Ticker ticker) {
        this.vertx = vertx;
        this.site = site;
        this.ticker = ticker;
        this.clients = new LoopClients(vertx, site.baseUrl(), site.connectTimeout());
        this.failures = new FailureReader(site.key());
        this.completions = new CompletionReader(failures);
    }

    @Override
    public Optional<Refusal> refusesAll() {
        return site.key().value().isBlank() ? Optional.of(new Refusal.NoKey()) : Optional.empty();
    }

    @Override
    public Uni<Completion> complete(Question question) {
        return this.<Completion>call(question, JSON, this::whole);
    }

    @Override
    public Uni<OpenStream> stream(Question question) {
        return this.<OpenStream>call(question, EVENTS, this::live);
    }

    /** What to do with a response's head. */
    private interface Reading<T> {
        void read(UpstreamCall call, HttpClientResponse response, UniEmitter<? super T> emitter);
    }

    private <T> Uni<T> call(Question question, String accept, Reading<T> reading) {
        return Uni.createFrom().deferred(() -> {
            UpstreamCall call = new UpstreamCall(vertx.getOrCreateContext());
            return Uni.createFrom()
                    .<T>emitter(emitter -> call.then(
                                    response -> reading.read(call, response, emitter),
                                    kind -> emitter.fail(failed(kind)))
                            .send(clients::ofThisLoop, options(accept), Buffer.buffer(question.body())))
                    .onCancellation()
                    .invoke(call::close);
        });
    }

    private RequestOptions options(String accept) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI(site.baseUrl().getRawPath() + "/chat/completions")
                .putHeader("Authorization", "Bearer " + site.key().value())
                .putHeader("Content-Type", JSON)
                .putHeader("Accept", accept)
                .putHeader("User-Agent", "FreeRouter");
        site.attribution().forEach(options::putHeader);
        return options;
    }

    private void whole(UpstreamCall call, HttpClientResponse response, UniEmitter<? super Completion> emitter) {
        collect(call, response, emitter, bytes -> emitter.complete(completions.read(bytes, ticker.now())));
    }

    private void live(UpstreamCall call, HttpClientResponse response, UniEmitter<? super OpenStream> emitter) {
        if (isSuccess(response) && isEvents(response)) {
            follow(call, response, emitter);
        } else {
            collect(call, response, emitter, this::notEvents);
        }
    }

    private void follow(UpstreamCall call, HttpClientResponse response, UniEmitter<? super OpenStream> emitter) {
        LiveStream stream = new LiveStream(vertx.getOrCreateContext(), hold(response), call::close);
        LiveAttempt attempt = new LiveAttempt(call, stream, emitter, ticker);
        attempt.follow(response, new StreamReader(new ChunkReader(failures), site.key(), ticker, attempt));
    }

    private static Consumer<Boolean> hold(HttpClientResponse response) {
        return full -> {
            if (full) {
                response.pause();
            } else {
                response.resume();
            }
        };
    }

    /** A successful response to a request for a stream that is none: most likely an error, else nothing we can use. */
    private void notEvents(byte[] bytes) {
        completions.read(bytes, ticker.now());
        throw failed(FailureKind.MALFORMED);
    }

    /** Reads a response whole and hands its body on if the status is good; whatever is thrown there fails the attempt. */
    private void collect(
            UpstreamCall call, HttpClientResponse response, UniEmitter<?> emitter, Consumer<byte[]> successful) {
        Consumer<byte[]> complete = bytes -> {
            try {
                if (!isSuccess(response)) {
                    throw new AttemptFailed(refusal(response, bytes));
                }
                successful.accept(bytes);
            } catch (RuntimeException failure) {
                emitter.fail(failure);
            }
        };
        new WholeBody(call, complete, kind -> emitter.fail(failed(kind))).collect(response);
    }

    private Failure refusal(HttpClientResponse response, byte[] bytes) {
        String body = new String(bytes, StandardCharsets.UTF_8);
        return failures.read(
                response.statusCode(), response::getHeader, response.getHeader("Content-Type"), body, ticker.now());
    }

    private static boolean isSuccess(HttpClientResponse response) {
        return response.statusCode() / 100 == 2;
    }

    private static boolean isEvents(HttpClientResponse response) {
        String contentType = response.getHeader("Content-Type");
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(EVENTS);
    }

    private static AttemptFailed failed(FailureKind kind) {
        return new AttemptFailed(Failure.of(kind));
    }
}

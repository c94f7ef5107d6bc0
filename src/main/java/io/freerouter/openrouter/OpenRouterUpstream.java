package io.freerouter.openrouter;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.CallWatch;
import io.freerouter.engine.Completion;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.TraceContext;
import io.freerouter.engine.Upstream;
import io.freerouter.engine.UpstreamRequest;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.Ticker;
import io.netty.buffer.Unpooled;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * OpenRouter's answers, in each dialect at its own path (https://openrouter.ai/docs/api-reference/overview). A call runs on the
 * event loop that subscribes to it, or on a loop of its own if the subscriber is on none.
 */
public final class OpenRouterUpstream implements Upstream {
    private static final CharSequence JSON = encoded("application/json");
    private static final CharSequence EVENTS = encoded("text/event-stream");
    private static final CharSequence ACCEPT = encoded("Accept");
    /** Bytes of a body that is copied. */
    private static final int SMALL = 8 * 1024;

    private final Vertx vertx;
    private final UpstreamEndpoint endpoint;
    private final Ticker ticker;
    private final EventLoopClients clients;
    private final ResponseReader responses;
    private final String path;
    private final MultiMap headers;

    /** Makes its own HTTP clients on {@code vertx}; they are closed with it. */
    public OpenRouterUpstream(Vertx vertx, UpstreamEndpoint endpoint, Ticker ticker) {
        this(vertx, endpoint, ticker, new EventLoopClients(vertx, endpoint, ticker));
    }

    OpenRouterUpstream(Vertx vertx, UpstreamEndpoint endpoint, Ticker ticker, EventLoopClients clients) {
        this.vertx = vertx;
        this.endpoint = endpoint;
        this.ticker = ticker;
        this.clients = clients;
        this.responses = new ResponseReader(vertx, endpoint.key(), ticker);
        this.path = endpoint.baseUrl().getRawPath();
        this.headers = headers(endpoint);
    }

    @Override
    public Optional<Refusal> refusesAll() {
        return endpoint.key().value().isBlank() ? Optional.of(new Refusal.NoKey()) : Optional.empty();
    }

    @Override
    public Uni<Completion> complete(UpstreamRequest request, CallWatch watch) {
        return this.<Completion>call(request, watch, JSON, responses::whole);
    }

    @Override
    public Uni<OpenStream> stream(UpstreamRequest request, CallWatch watch) {
        return this.<OpenStream>call(request, watch, EVENTS, responses::live);
    }

    /**
     * Sends GET requests over the HTTP clients of this upstream, which try every address of its name. Tries once. Empty if the
     * upstream is known by one address only, or if a proxy connects to it.
     */
    public Optional<CatalogAndAccountReader.HttpGet> httpGetOfEveryAddress() {
        return endpoint.proxy().isPresent() || UpstreamAddresses.isAddress(endpoint.baseUrl())
                ? Optional.empty()
                : Optional.of(new VertxHttpGet(vertx, endpoint, ticker, clients, 0));
    }

    /** What to do with a response's head. */
    private interface HeadReader<T> {
        void read(
                UpstreamRequest request,
                CallWatch watch,
                UpstreamCall call,
                HttpClientResponse response,
                UniEmitter<? super T> emitter);
    }

    private <T> Uni<T> call(UpstreamRequest request, CallWatch watch, CharSequence accept, HeadReader<T> reading) {
        return Uni.createFrom().deferred(() -> {
            UpstreamCall call = new UpstreamCall(vertx.getOrCreateContext(), ticker, watch);
            return Uni.createFrom()
                    .<T>emitter(emitter -> call.then(
                                    response -> reading.read(request, watch, call, response, emitter),
                                    kind -> emitter.fail(failed(kind)))
                            .send(clients, options(request, accept), joined(request.body())))
                    .onFailure(AttemptException.class)
                    .transform(failure -> blamed(failure, request))
                    .onCancellation()
                    .invoke(call::close);
        });
    }

    private static AttemptException blamed(AttemptException failure, UpstreamRequest request) {
        return isOfTheRequest(failure.failure(), request)
                ? failure.because(failure.failure().as(FailureKind.NOT_PRIVATE))
                : failure;
    }

    /** OpenRouter has the same words for what the account's settings keep out and what the request itself does. */
    private static boolean isOfTheRequest(Failure failure, UpstreamRequest request) {
        return failure.kind() == FailureKind.PRIVACY
                && request.request().needs().abilities().contains(Ability.PRIVATE);
    }

    /** All pieces as one buffer. Many pieces of few bytes cost more than a copy of them. */
    private static Buffer joined(List<ByteBuffer> pieces) {
        int length = 0;
        for (ByteBuffer piece : pieces) {
            length += piece.remaining();
        }
        if (length <= SMALL) {
            ByteBuffer copy = ByteBuffer.allocate(length);
            pieces.forEach(copy::put);
            return BufferImpl.buffer(Unpooled.wrappedBuffer(copy.array()));
        }
        ByteBuffer[] all = pieces.toArray(ByteBuffer[]::new);
        return BufferImpl.buffer(Unpooled.wrappedBuffer(Math.max(1, all.length), all));
    }

    private RequestOptions options(UpstreamRequest request, CharSequence accept) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI(path + request.request().dialect().path())
                .setFollowRedirects(false)
                .setHeaders(HttpHeaders.headers().addAll(headers).add(ACCEPT, accept));
        request.request().headers().forEach(options::putHeader);
        endpoint.attribution().forEach(options::putHeader);
        request.trace().ifPresent(trace -> trace(trace, options));
        return options;
    }

    private static void trace(TraceContext trace, RequestOptions options) {
        options.putHeader("traceparent", trace.traceparent());
        if (!trace.state().isEmpty()) {
            options.putHeader("tracestate", trace.state());
        }
    }

    /** The headers that all requests have in common, with names and values that are encoded once. */
    private static MultiMap headers(UpstreamEndpoint endpoint) {
        return HttpHeaders.headers()
                .add(
                        encoded("Authorization"),
                        encoded("Bearer " + endpoint.key().value()))
                .add(encoded("Content-Type"), JSON)
                .add(encoded("Accept-Encoding"), encoded("identity"))
                .add(encoded("User-Agent"), encoded("FreeRouter"));
    }

    private static CharSequence encoded(String text) {
        return HttpHeaders.createOptimized(text);
    }

    private static AttemptException failed(FailureKind kind) {
        return new AttemptException(Failure.of(kind));
    }
}

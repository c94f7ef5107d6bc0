package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.CallWatch;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.ChatRequest.Conversation;
import io.freerouter.engine.Completion;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.UpstreamRequest;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.FailureKind;
import io.freerouter.gateway.VertxTicker;
import io.freerouter.routing.Ticker;
import io.freerouter.testing.RawUpstream;
import io.freerouter.testing.TestRequests;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Asks an upstream over real HTTP, from one event loop. */
final class UpstreamCaller implements AutoCloseable {
    static final String ANSWER = "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final OpenRouterUpstream upstream;
    private volatile Duration passed = Duration.ZERO;

    UpstreamCaller(
            String url, Duration connectTimeout, Optional<UpstreamProxy> proxy, Consumer<HttpClientOptions> more) {
        Ticker ticker = ticker();
        UpstreamEndpoint endpoint =
                new UpstreamEndpoint(URI.create(url), new Secret("sk-1"), connectTimeout, Map.of(), proxy);
        upstream = new OpenRouterUpstream(vertx, endpoint, ticker, new EventLoopClients(vertx, endpoint, ticker, more));
    }

    /** Real timers, and a clock that {@link #pass} moves on. */
    private Ticker ticker() {
        VertxTicker real = new VertxTicker(vertx);
        return new Ticker() {
            @Override
            public Instant now() {
                return real.now().plus(passed);
            }

            @Override
            public Runnable after(Duration delay, Runnable task) {
                return real.after(delay, task);
            }

            @Override
            public Executor here() {
                return real.here();
            }
        };
    }

    /** Lets the clock, but no timer, pass so much time. */
    void pass(Duration time) {
        passed = passed.plus(time);
    }

    UpstreamCaller(String url) {
        this(url, Duration.ofSeconds(5), Optional.empty(), options -> {});
    }

    static UpstreamCaller of(RawUpstream upstream) {
        return new UpstreamCaller("http://127.0.0.1:" + upstream.port() + "/v1");
    }

    /** Speaks HTTP/2 without TLS. */
    static UpstreamCaller http2(RawUpstream upstream) {
        return new UpstreamCaller(
                "http://127.0.0.1:" + upstream.port() + "/v1",
                Duration.ofSeconds(5),
                Optional.empty(),
                options -> options.setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    }

    /** The content of a whole answer. */
    Completion complete() {
        return begin().await().atMost(PATIENCE);
    }

    Uni<Completion> begin() {
        return begin(() -> true);
    }

    Uni<Completion> begin(CallWatch mayWrite) {
        return upstream.complete(question(false), mayWrite);
    }

    Uni<OpenStream> beginStream() {
        return upstream.stream(question(true), () -> true);
    }

    OpenStream open() {
        return beginStream().await().atMost(PATIENCE);
    }

    /** A stream, read to its end. */
    String stream() {
        return String.join("", open().events().collect().asList().await().atMost(PATIENCE));
    }

    /** Why a whole answer fails. */
    FailureKind failure() {
        return failure(this::complete);
    }

    /** Why something fails. */
    static FailureKind failure(Runnable call) {
        try {
            call.run();
        } catch (AttemptException failed) {
            return failed.failure().kind();
        }
        throw new AssertionError("It did not fail");
    }

    private static UpstreamRequest question(boolean stream) {
        ChatRequest request = TestRequests.chat(
                TestRequests.needs(List.of()),
                stream,
                (model, ownFrom, output) -> List.of(ByteBuffer.wrap("{}".getBytes(UTF_8))),
                Conversation.UNKNOWN,
                Set.of());
        return new UpstreamRequest(new ModelId("maker/model:free"), request, 0, Long.MAX_VALUE);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

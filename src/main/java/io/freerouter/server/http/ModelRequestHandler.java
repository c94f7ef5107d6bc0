package io.freerouter.server.http;

import io.freerouter.agents.HousekeepingRequest;
import io.freerouter.agents.HousekeepingRequest.LocalAnswer;
import io.freerouter.dialect.DialectFormats;
import io.freerouter.dialect.messages.AnthropicReplyFormat;
import io.freerouter.engine.Answer;
import io.freerouter.engine.AnswerChecks;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.Embeddings;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.RequestTrace;
import io.freerouter.engine.Router;
import io.freerouter.engine.RouterEvent;
import io.freerouter.engine.RouterListener;
import io.freerouter.engine.TraceContext;
import io.freerouter.observe.BodyLog;
import io.freerouter.reply.ErrorResponse;
import io.freerouter.reply.GatewayStreamEvents;
import io.freerouter.reply.ReplyFormat;
import io.freerouter.request.InvalidRequestException;
import io.freerouter.request.RequestFormat;
import io.freerouter.request.RequestHeaders;
import io.freerouter.request.RequestReader;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.Ticker;
import io.freerouter.server.http.RequestBodyReader.RefusedBody;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * Answers requests in any dialect. Status and headers are sent with the first item, so nothing is promised before a model has
 * spoken; a failure before that becomes an error response.
 */
@Singleton
class ModelRequestHandler {
    /** A larger body takes too long to read for the event loop. */
    private static final int LARGE_BODY = 1024 * 1024;

    /** How long a stream that is held until it is complete may send nothing. */
    private static final Duration KEEP_ALIVE_OF_HELD = Duration.ofSeconds(10);

    /** Names the number of a request on its answer. The log and the history know the request by it. */
    static final String REQUEST = "X-FreeRouter-Request";

    private final Router router;
    private final Embeddings embeddings;
    private final RequestBodyReader bodies;
    private final RequestReader requests;
    private final HedgingPolicy.Limits hedgingLimits;
    private final ServerOptions options;
    private final RouterListener listener;
    private final BodyLog bodyLog;
    private final RequestTrace.Source traces;
    private final Ticker ticker;

    ModelRequestHandler(
            Router router,
            Embeddings embeddings,
            RequestBodyReader bodies,
            RequestReader requests,
            HedgingPolicy.Limits hedgingLimits,
            ServerOptions options,
            RouterListener listener,
            BodyLog bodyLog,
            RequestTrace.Source traces,
            Ticker ticker) {
        this.router = router;
        this.embeddings = embeddings;
        this.bodies = bodies;
        this.requests = requests;
        this.hedgingLimits = hedgingLimits;
        this.options = options;
        this.listener = listener;
        this.bodyLog = bodyLog;
        this.traces = traces;
        this.ticker = ticker;
    }

    /** Answers a request for text. */
    RestMulti<String> answer(Dialect dialect, RoutingContext exchange) {
        long number = newNumber(exchange);
        UnaryOperator<String> header = header(exchange);
        RequestTrace trace = trace(header);
        Uni<SuccessResponse> reply = read(exchange, body -> read(dialect, kept(number, body), header, trace))
                .onItem()
                .transformToUni(request -> request.local()
                        .map(answer -> Uni.createFrom().item(local(number, answer, request.chat())))
                        .orElseGet(() ->
                                ask(number, request.chat(), RequestHeaders.hedging(header, hedgingLimits), exchange)));
        return send(number, dialect, trace, reply, exchange);
    }

    /** Answers a request for embeddings. */
    RestMulti<String> embed(RoutingContext exchange) {
        long number = newNumber(exchange);
        RequestFormat format = DialectFormats.of(Dialect.EMBEDDINGS).request();
        UnaryOperator<String> header = header(exchange);
        RequestTrace trace = trace(header);
        Uni<SuccessResponse> reply = read(exchange, body -> requests.read(format, kept(number, body), header)
                        .in(trace))
                .onItem()
                .transformToUni(request -> embeddings.complete(number, request))
                .map(SuccessResponse::json);
        return send(number, Dialect.EMBEDDINGS, trace, reply, exchange);
    }

    /** The number of a request, which its response names, too. */
    private long newNumber(RoutingContext exchange) {
        long number = router.newNumber();
        exchange.response().putHeader(REQUEST, Long.toString(number));
        return number;
    }

    private RequestTrace trace(UnaryOperator<String> header) {
        String parent = header.apply("traceparent");
        return traces.begin(parent == null ? Optional.empty() : TraceContext.read(parent, header.apply("tracestate")));
    }

    private byte[] kept(long number, byte[] body) {
        if (bodyLog.isEnabled()) {
            bodyLog.request(number, new String(body, StandardCharsets.UTF_8));
        }
        return body;
    }

    private RestMulti<String> send(
            long number, Dialect dialect, RequestTrace trace, Uni<SuccessResponse> reply, RoutingContext exchange) {
        Uni<SuccessResponse> noted = reply.onFailure().invoke(failure -> unreadable(number, dialect, trace, failure));
        Uni<SuccessResponse> kept = bodyLog.isEnabled()
                ? noted.map(
                        answer -> answer.withContent(answer.content().invoke(piece -> bodyLog.answer(number, piece))))
                : noted;
        Uni<SuccessResponse> rest = kept.onItem().transformToUni(answer -> answer.unlessSent(exchange.response()));
        return RestMulti.fromUniResponse(forgettingHowItCame(rest), SuccessResponse::content, SuccessResponse::headers);
    }

    /**
     * The same response. Once it is there, its subscription holds nothing any more of the request that led to it: neither body nor
     * candidates need memory as long as a stream flows. Item and cancellation come on the request's event loop.
     */
    private static Uni<SuccessResponse> forgettingHowItCame(Uni<SuccessResponse> response) {
        return Uni.createFrom()
                .emitter(emitter ->
                        emitter.onTermination(response.subscribe().with(emitter::complete, emitter::fail)::cancel));
    }

    /** The router never saw the request, so the listener hears of it here. */
    private void unreadable(long number, Dialect dialect, RequestTrace trace, Throwable failure) {
        if (failure instanceof InvalidRequestException refused) {
            listener.on(new RouterEvent.Unreadable(number, dialect, 400, refused.code(), trace));
        } else if (failure instanceof RefusedBody refused) {
            ErrorResponse reply = refused.reply();
            listener.on(new RouterEvent.Unreadable(number, dialect, reply.status(), ErrorSender.code(reply), trace));
        }
    }

    /** Answers how many tokens a request in Anthropic's dialect has, about. */
    Uni<String> countTokens(RoutingContext exchange) {
        RequestFormat format = DialectFormats.of(Dialect.MESSAGES).request();
        return read(exchange, body -> AnthropicReplyFormat.tokenCount(requests.read(format, body, header(exchange))));
    }

    /**
     * Receives a request's body and reads it: on a worker thread if the body is large. The result comes on the event loop,
     * unless the caller has disconnected by then.
     */
    private <T> Uni<T> read(RoutingContext exchange, Function<byte[], T> reader) {
        return bodies.read(exchange).onItem().transformToUni(body -> {
            Uni<T> result = Uni.createFrom().item(() -> reader.apply(body));
            return body.length <= LARGE_BODY
                    ? result
                    : result.runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                            .emitOn(ticker.here());
        });
    }

    /** A header's value by its name; null if the caller did not send it. Several of one name make one list (RFC 9110, 5.3). */
    private static UnaryOperator<String> header(RoutingContext exchange) {
        return name -> {
            List<String> values = exchange.request().headers().getAll(name);
            return values.isEmpty() ? null : String.join(",", values);
        };
    }

    private Readout read(Dialect dialect, byte[] body, UnaryOperator<String> header, RequestTrace trace) {
        ChatRequest chat = requests.read(DialectFormats.of(dialect).request(), body, header)
                .in(trace);
        return new Readout(
                chat,
                options.housekeeping()
                        ? HousekeepingRequest.answer(DialectFormats.of(dialect).request(), body)
                        : Optional.empty());
    }

    /** A request that has been read, and the answer to it if it needs no model. */
    private record Readout(ChatRequest chat, Optional<LocalAnswer> local) {}

    private SuccessResponse local(long number, LocalAnswer answer, ChatRequest request) {
        listener.on(new RouterEvent.AnsweredLocally(
                number, request.dialect(), request.stream(), answer.header(), request.trace()));
        ReplyFormat format = DialectFormats.of(request.dialect()).reply();
        String id = ErrorSender.newRequestId();
        return request.stream()
                ? SuccessResponse.local(answer, format.answerEvents(answer.text(), id, ticker.now()), true)
                : SuccessResponse.local(answer, format.answer(answer.text(), id, ticker.now()), false);
    }

    private Uni<SuccessResponse> ask(long number, ChatRequest request, HedgingPolicy hedging, RoutingContext exchange) {
        if (!request.stream()) {
            return router.complete(number, request, hedging).map(SuccessResponse::json);
        }
        DialectFormats formats = DialectFormats.of(request.dialect());
        String id = ErrorSender.newRequestId();
        GatewayStreamEvents own = new GatewayStreamEvents(formats.request(), formats.reply(), id, ticker.now());
        StreamAbort end = new StreamAbort(ticker, id, exchange);
        CompletableFuture<Void> speaks = new CompletableFuture<>();
        Uni<Answer<OpenStream>> answer = router.stream(number, request, hedging, () -> speaks.complete(null));
        return patience(request, speaks)
                .map(patience -> KeepAliveComments.reply(answer, own, end, patience, ticker))
                .orElseGet(() -> answer.map(begun -> events(begun, own, end)));
    }

    /**
     * When the response begins although no token can be sent; empty if never. What is held back may take minutes, and its caller has
     * to see that it is on its way.
     *
     * @param speaks when a model has begun to speak, and what it says is held back
     */
    private Optional<Uni<Void>> patience(ChatRequest request, CompletableFuture<Void> speaks) {
        if (options.keepAliveAfter().isPresent()) {
            return options.keepAliveAfter().map(after -> KeepAliveComments.after(after, ticker));
        }
        AnswerChecks checks = request.verification();
        return checks.whole() || checks.tools().isPresent()
                ? Optional.of(Uni.createFrom()
                        .completionStage(speaks)
                        .chain(() -> KeepAliveComments.after(KEEP_ALIVE_OF_HELD, ticker)))
                : Optional.empty();
    }

    /**
     * The reply for a stream that has begun. If it breaks, it ends with an error event and a broken connection. If its
     * dialect wants an end mark and the upstream sent none, it ends with one of ours.
     */
    static SuccessResponse events(Answer<OpenStream> answer, GatewayStreamEvents own, StreamAbort end) {
        Multi<String> events = answer.content()
                .events()
                .invoke(own::sent)
                .onCompletion()
                .switchTo(() -> Multi.createFrom().items(Stream.of(own.end()).filter(mark -> !mark.isEmpty())))
                .onFailure()
                .recoverWithMulti(failure -> end.after(own.broken(StreamAbort.failureOf(failure))));
        return SuccessResponse.events(answer, events);
    }
}

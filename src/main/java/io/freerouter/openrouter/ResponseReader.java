package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.dialect.AnswerFormat;
import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.CallWatch;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Completion;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.UpstreamRequest;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.error.FailureReader;
import io.freerouter.openrouter.json.ExactJson;
import io.freerouter.openrouter.tools.ToolContract;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Reads the responses to requests for answers, from the head on: as a whole answer, as a stream, or as a refusal of either. */
final class ResponseReader {
    private static final String EVENTS = "text/event-stream";
    private static final int REQUEST_TIMEOUT = 408;
    /** How long an upstream may keep a response open after its end mark. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Secret secret;
    private final Ticker ticker;
    private final FailureReader failures;
    private final Map<Dialect, TextEventFilter> filters = new EnumMap<>(Dialect.class);

    /** @param secret what no error handed on may contain */
    ResponseReader(Vertx vertx, Secret secret, Ticker ticker) {
        this.vertx = vertx;
        this.secret = secret;
        this.ticker = ticker;
        this.failures = new FailureReader(secret::redact);
        for (Dialect dialect : Dialect.values()) {
            filters.put(dialect, new TextEventFilter(DialectFormats.of(dialect).answer()));
        }
    }

    /** Reads a whole answer. Called with the response's head, on the call's event loop. */
    void whole(
            UpstreamRequest request,
            CallWatch watch,
            UpstreamCall call,
            HttpClientResponse response,
            UniEmitter<? super Completion> emitter) {
        collect(request, call, response, emitter, bytes -> emitter.complete(completion(request, bytes)));
    }

    /** Reads a stream. Called with the response's head, on the call's event loop. */
    void live(
            UpstreamRequest request,
            CallWatch watch,
            UpstreamCall call,
            HttpClientResponse response,
            UniEmitter<? super OpenStream> emitter) {
        if (isSuccess(response) && isEvents(response)) {
            follow(request, watch, call, response, emitter);
        } else {
            collect(request, call, response, emitter, bytes -> notEvents(request, bytes));
        }
    }

    private static AnswerFormat format(UpstreamRequest request) {
        return DialectFormats.of(request.request().dialect()).answer();
    }

    /** What the tool calls of an answer are checked against; empty if they are not checked. */
    private static Optional<ToolContract> contract(UpstreamRequest request) {
        ChatRequest asked = request.request();
        return asked.verification().tools().flatMap(tools -> DialectFormats.of(asked.dialect())
                .tools()
                .map(format -> new ToolContract(
                        format, tools, asked.tools(), asked.verification().rescue())));
    }

    private void follow(
            UpstreamRequest request,
            CallWatch watch,
            UpstreamCall call,
            HttpClientResponse response,
            UniEmitter<? super OpenStream> emitter) {
        AnswerFormat format = format(request);
        AnswerMetadataCollector collector =
                new AnswerMetadataCollector(format, request.request().tools());
        Context loop = vertx.getOrCreateContext();
        BufferedStream stream = new BufferedStream(
                loop, pause(response), call::close, () -> call.closeAfter(LINGER), collector, watch, emitter);
        AnswerEventReader reader = new AnswerEventReader(
                format, failures, collector, request.request().answers(), contract(request));
        TextEventFilter filter = filters.get(request.request().dialect()).forAnotherStream();
        follow(
                call,
                response,
                loop,
                new StreamReader(
                        reader,
                        filter,
                        secret,
                        ticker,
                        stream,
                        call.sent(),
                        request.request().verification().whole()));
    }

    private static Consumer<Boolean> pause(HttpClientResponse response) {
        return full -> {
            if (full) {
                response.pause();
            } else {
                response.resume();
            }
        };
    }

    /**
     * Lets a response flow into its reader. When an upstream is about to close a connection over HTTP/2, Vert.x reports a break
     * even of a response that is complete, if its reader is too slow to have seen the end. So what has come is read first.
     */
    private static void follow(UpstreamCall call, HttpClientResponse response, Context loop, StreamReader reader) {
        ContentDecoder decoder = ContentDecoder.of(response);
        response.handler(data -> read(data, decoder, reader));
        response.exceptionHandler(cause -> {
            FailureKind kind = call.broken(cause);
            response.resume();
            loop.runOnContext(drained -> {
                reader.broken(kind);
                decoder.close();
            });
        });
        response.endHandler(nothing -> {
            call.end();
            reader.ended();
            decoder.close();
        });
        call.whenAbandoned(decoder::close);
    }

    private static void read(Buffer data, ContentDecoder decoder, StreamReader reader) {
        try {
            decoder.decode(data.getBytes(), bytes -> {
                reader.data(bytes);
                return !reader.isOver();
            });
        } catch (AttemptException undecodable) {
            reader.broken(undecodable.failure().kind());
        }
    }

    /** Reads a successful response to a request for a stream that is no stream: most likely an error, and never an answer. */
    private void notEvents(UpstreamRequest request, byte[] bytes) {
        completion(request, bytes);
        throw failed(FailureKind.MALFORMED);
    }

    private Completion completion(UpstreamRequest request, byte[] bytes) {
        return answers(request).read(bytes, request.request().tools(), ticker.now());
    }

    private CompletionReader answers(UpstreamRequest request) {
        return new CompletionReader(format(request), failures, contract(request));
    }

    /**
     * Reads a response whole and hands its body on if the status is good; whatever is thrown there fails the attempt. A body
     * that broke off may be whole all the same, and lack only the end that HTTP has.
     */
    private void collect(
            UpstreamRequest request,
            UpstreamCall call,
            HttpClientResponse response,
            UniEmitter<?> emitter,
            Consumer<byte[]> successful) {
        Consumer<byte[]> complete = bytes -> {
            try {
                if (isTimeoutOfIdle(call, response, bytes)) {
                    throw failed(call.unprocessed());
                }
                if (!isSuccess(response)) {
                    throw new AttemptException(refusal(response, bytes));
                }
                successful.accept(bytes);
            } catch (RuntimeException failure) {
                emitter.fail(failure);
            }
        };
        BiConsumer<byte[], FailureKind> broken = (bytes, kind) -> {
            if (isWhole(request, call, response, bytes)) {
                complete.accept(bytes);
            } else {
                emitter.fail(failed(kind));
            }
        };
        new ResponseBodyCollector(call, complete, broken).collect(response);
    }

    /**
     * Whether a server has closed a connection because no request came for long (RFC 9110, 15.5.9), and so has not read this one.
     * Load balancers say so in no words or in a page; OpenRouter and providers say in JSON that they gave up waiting.
     */
    private static boolean isTimeoutOfIdle(UpstreamCall call, HttpClientResponse response, byte[] bytes) {
        return response.statusCode() == REQUEST_TIMEOUT
                && call.isOnReusedHttp1()
                && !json(bytes).isContainerNode();
    }

    private boolean isWhole(UpstreamRequest request, UpstreamCall call, HttpClientResponse response, byte[] bytes) {
        return isSuccess(response)
                ? answers(request).isWhole(bytes, ticker.now())
                : json(bytes).isContainerNode()
                        || isTimeoutOfIdle(call, response, bytes)
                        || refusal(response, bytes).kind().spent().isPresent();
    }

    private static JsonNode json(byte[] bytes) {
        return ExactJson.tree(new String(bytes, StandardCharsets.UTF_8));
    }

    private static AttemptException failed(FailureKind kind) {
        return new AttemptException(Failure.of(kind));
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
}

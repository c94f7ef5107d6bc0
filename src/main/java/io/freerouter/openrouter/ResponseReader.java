package io.freerouter.openrouter;

import io.freerouter.engine.Completion;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.Question;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/** Reads the responses to requests for answers, from the head on: as a whole answer, as a stream, or as a refusal of either. */
final class ResponseReader {
    private static final String EVENTS = "text/event-stream";

    private final Vertx vertx;
    private final Secret secret;
    private final Ticker ticker;
    private final FailureReader failures;

    /** @param secret what no error handed on may contain */
    ResponseReader(Vertx vertx, Secret secret, Ticker ticker) {
        this.vertx = vertx;
        this.secret = secret;
        this.ticker = ticker;
        this.failures = new FailureReader(secret);
    }

    /** Reads a whole answer. Called with the response's head, on the call's event loop. */
    void whole(
            Question question, UpstreamCall call, HttpClientResponse response, UniEmitter<? super Completion> emitter) {
        collect(call, response, emitter, bytes -> emitter.complete(completion(question, bytes)));
    }

    /** Reads a stream. Called with the response's head, on the call's event loop. */
    void live(
            Question question, UpstreamCall call, HttpClientResponse response, UniEmitter<? super OpenStream> emitter) {
        if (isSuccess(response) && isEvents(response)) {
            follow(question, call, response, emitter);
        } else {
            collect(call, response, emitter, bytes -> notEvents(question, bytes));
        }
    }

    private static Grammar grammar(Question question) {
        return Grammar.of(question.request().dialect());
    }

    private void follow(
            Question question, UpstreamCall call, HttpClientResponse response, UniEmitter<? super OpenStream> emitter) {
        Grammar grammar = grammar(question);
        AnswerNotes notes = new AnswerNotes(grammar, question.request().tools());
        LiveStream stream = new LiveStream(vertx.getOrCreateContext(), hold(response), call::close, notes);
        LiveAttempt attempt = new LiveAttempt(call, stream, emitter, ticker);
        ChunkReader chunks = new ChunkReader(grammar, failures, notes::add);
        attempt.follow(response, new StreamReader(chunks, secret, ticker, attempt, call.sent()));
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
    private void notEvents(Question question, byte[] bytes) {
        completion(question, bytes);
        throw new AttemptFailed(Failure.of(FailureKind.MALFORMED));
    }

    private Completion completion(Question question, byte[] bytes) {
        CompletionReader answers = new CompletionReader(grammar(question), failures);
        return answers.read(bytes, question.request().tools(), ticker.now());
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
        new WholeBody(call, complete, kind -> emitter.fail(new AttemptFailed(Failure.of(kind)))).collect(response);
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

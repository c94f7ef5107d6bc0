package io.freerouter.server.http;

import io.freerouter.agents.HousekeepingRequest.LocalAnswer;
import io.freerouter.engine.Answer;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.Completion;
import io.freerouter.engine.OpenStream;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A successful response.
 *
 * @param content the body, piece by piece
 * @param whole the body, if it is known as a whole and short; else empty
 * @param headers the headers
 */
record SuccessResponse(Multi<String> content, Optional<String> whole, Map<String, List<String>> headers) {
    /** A body of this many characters fits into the buffers of any socket. */
    private static final int SHORT = 16 * 1024;

    /** A model's whole answer. */
    static SuccessResponse json(Answer<Completion> answer) {
        return of(answer.content().json(), headers(answer, answer.content().metadata(), MediaType.APPLICATION_JSON));
    }

    /** A model's answer that comes event by event. */
    static SuccessResponse events(Answer<OpenStream> answer, Multi<String> events) {
        return new SuccessResponse(
                untilWritten(events),
                Optional.empty(),
                headers(answer, answer.content().metadata(), MediaType.SERVER_SENT_EVENTS));
    }

    /** The headers name the model and the number of attempts, and say whether calls were made of a text. */
    private static Map<String, List<String>> headers(Answer<?> answer, AnswerMetadata metadata, String contentType) {
        Map<String, List<String>> headers = new HashMap<>(headers(contentType));
        headers.put("X-FreeRouter-Model", List.of(answer.model().value()));
        headers.put("X-FreeRouter-Attempts", List.of(Integer.toString(answer.attempts())));
        if (metadata.rescued()) {
            headers.put("X-FreeRouter-Rescued", List.of("tool_calls"));
        }
        return headers;
    }

    /** The same response with another body. */
    SuccessResponse withContent(Multi<String> other) {
        return new SuccessResponse(other, Optional.empty(), headers);
    }

    /** An answer to an agent's housekeeping, for which no model was asked. */
    static SuccessResponse local(LocalAnswer answer, String body, boolean stream) {
        String contentType = stream ? MediaType.SERVER_SENT_EVENTS : MediaType.APPLICATION_JSON;
        Map<String, List<String>> headers = new HashMap<>(headers(contentType));
        headers.put("X-FreeRouter-Attempts", List.of("0"));
        headers.put("X-FreeRouter-Housekeeping", List.of(answer.header()));
        return of(body, headers);
    }

    /** A stream that begins before any model has answered. */
    static SuccessResponse early(Multi<String> events) {
        return new SuccessResponse(events, Optional.empty(), headers(MediaType.SERVER_SENT_EVENTS));
    }

    private static SuccessResponse of(String body, Map<String, List<String>> headers) {
        return new SuccessResponse(
                untilWritten(Multi.createFrom().iterable(List.of(body))),
                Optional.of(body).filter(text -> text.length() <= SHORT),
                headers);
    }

    /**
     * Sends a short, whole body at once, with its length and in one write, because the resource would copy it four times. The
     * resource sends any other response.
     *
     * @return the response that the resource has to send; never completes if the response has been sent
     */
    Uni<SuccessResponse> unlessSent(HttpServerResponse response) {
        if (whole.isEmpty()) {
            return Uni.createFrom().item(this);
        }
        headers.forEach(response::putHeader);
        response.end(whole.get());
        return Uni.createFrom().nothing();
    }

    /**
     * Content that ends when its last piece has been written. Until then the response counts as running, so a shutdown does not
     * cut off what a slow reader has not received yet.
     */
    private static Multi<String> untilWritten(Multi<String> content) {
        return Multi.createBy().concatenating().streams(content, nothing());
    }

    /** Has no item, and ends when an item is asked for. That happens when everything that was sent before has been written. */
    static Multi<String> nothing() {
        return Multi.createFrom().generator(() -> 0, (none, emitter) -> {
            emitter.complete();
            return none;
        });
    }

    /** {@code X-Accel-Buffering} asks proxies such as nginx not to hold events back. */
    private static Map<String, List<String>> headers(String contentType) {
        return Map.of(
                "Content-Type", List.of(contentType),
                "Cache-Control", List.of("no-store"),
                "X-Accel-Buffering", List.of("no"));
    }
}

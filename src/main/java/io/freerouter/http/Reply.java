package io.freerouter.http;

import io.freerouter.engine.Answer;
import io.freerouter.wire.Chore;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A successful response.
 *
 * @param content what it says, piece by piece
 * @param headers what goes before
 */
record Reply(Multi<String> content, Map<String, List<String>> headers) {
    private static final Multi<String> END = Multi.createFrom().generator(() -> 0, (none, emitter) -> {
        emitter.complete();
        return none;
    });

    /** Says who answered, and how many were asked. */
    static Reply of(Answer<?> answer, Multi<String> content, String contentType) {
        Map<String, List<String>> headers = new HashMap<>(headers(contentType));
        headers.put("X-FreeRouter-Model", List.of(answer.model().value()));
        headers.put("X-FreeRouter-Attempts", List.of(Integer.toString(answer.attempts())));
        return new Reply(content, headers);
    }

    /** What an agent has asked for itself, and no model was asked for. */
    static Reply local(Chore chore, String answer, boolean stream) {
        String contentType = stream ? MediaType.SERVER_SENT_EVENTS : MediaType.APPLICATION_JSON;
        Map<String, List<String>> headers = new HashMap<>(headers(contentType));
        headers.put("X-FreeRouter-Attempts", List.of("0"));
        headers.put("X-FreeRouter-Housekeeping", List.of(chore.word()));
        return new Reply(Multi.createFrom().item(answer), headers);
    }

    /** A stream that begins before anybody has answered. */
    static Reply early(Multi<String> events) {
        return new Reply(events, headers(MediaType.SERVER_SENT_EVENTS));
    }

    /**
     * The content, ending when its last piece has gone out: the end is asked for as one more piece is. Until then the
     * response counts as running, so no shutdown cuts off what a slow reader has not been given yet.
     */
    Multi<String> whole() {
        return Multi.createBy().concatenating().streams(content, END);
    }

    /** {@code X-Accel-Buffering} asks proxies such as nginx not to hold events back. */
    private static Map<String, List<String>> headers(String contentType) {
        return Map.of(
                "Content-Type", List.of(contentType),
                "Cache-Control", List.of("no-store"),
                "X-Accel-Buffering", List.of("no"));
    }
}

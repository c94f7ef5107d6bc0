package io.freerouter;

import io.freerouter.openrouter.EventTexts;
import io.freerouter.wire.ErrorReply;

/**
 * A failure as the server would tell it.
 *
 * @param status the HTTP status
 * @param body what it says
 * @param message the words in it for people
 */
record Told(int status, String body, String message) {
    private static final int BAD_GATEWAY = 502;

    static Told of(ErrorReply reply) {
        return of(reply.status(), reply.body());
    }

    /** A stream's last event. */
    static Told event(String event) {
        return of(BAD_GATEWAY, String.join("", EventTexts.of(event)));
    }

    private static Told of(int status, String body) {
        String message = Json.tree(body).at("/error/message").asText("");
        return new Told(status, body, message.isEmpty() ? "The upstream refused with status " + status : message);
    }
}

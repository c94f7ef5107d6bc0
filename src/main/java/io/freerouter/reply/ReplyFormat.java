package io.freerouter.reply;

import java.time.Instant;

/**
 * How one dialect says what the gateway itself has to say: errors, signs of life, and answers that no model gave. Has no
 * state.
 */
public interface ReplyFormat {
    /** Errors in OpenAI's shape, and no answers. */
    ReplyFormat OPENAI_ERRORS = new ReplyFormat() {};

    /** The model's name in an answer that no model gave. */
    String LOCAL = "local";

    /**
     * The body of an error response.
     *
     * @param status the HTTP status of the response
     * @param body the error in OpenAI's shape, or whatever an upstream said
     * @param requestId what a person can name to find the request
     */
    default String errorBody(int status, String body, String requestId) {
        return body;
    }

    /** An event that clients ignore. It keeps a connection alive before the first token. */
    default String keepAlive() {
        return ": still waiting for a model\n\n";
    }

    /**
     * What the gateway adds to one stream.
     *
     * @param requestId what a person can name to find the request
     * @param now the present moment
     */
    default StreamFormat stream(String requestId, Instant now) {
        return StreamFormat.ofChat();
    }

    /**
     * A whole answer that no model gave, as JSON.
     *
     * @param id part of the answer's own id
     * @param now the present moment
     */
    default String answer(String text, String id, Instant now) {
        throw new UnsupportedOperationException("Only a model answers in this dialect");
    }

    /**
     * The same answer as server-sent events.
     *
     * @param id part of the answer's own id
     * @param now the present moment
     */
    default String answerEvents(String text, String id, Instant now) {
        throw new UnsupportedOperationException("Only a model answers in this dialect");
    }
}

package io.freerouter.openrouter;

import io.freerouter.failure.Failure;
import io.freerouter.failure.Failure.Reply;

/** What one event of an answer's stream means. */
sealed interface AnswerEvent {
    /**
     * Part of the answer. Comments, chunks with only a role and the usage neither contain a token nor end the stream.
     *
     * @param token whether the model says something in it
     * @param last whether it is the end mark of the stream
     * @param call whether a tool call that is to be checked begins or goes on in it
     * @param said the text in it, if calls are to be found in texts; else empty
     */
    record Part(boolean token, boolean last, boolean call, String said) implements AnswerEvent {
        static final Part SILENT = new Part(false, false);

        /** A part without a call. */
        Part(boolean token, boolean last) {
            this(token, last, false, "");
        }
    }

    /** An event that is no JSON object. */
    record Malformed() implements AnswerEvent {}

    /**
     * The attempt failed here.
     *
     * @param failure why
     * @param visible whether clients recognise the event as an error, so that it can be handed on as it is; otherwise a
     *     client might take the answer for complete
     */
    record Failed(Failure failure, boolean visible) implements AnswerEvent {
        /**
         * The failure for a caller who already has part of the answer: with the upstream's own words if clients recognise
         * them.
         *
         * @param event the whole event, without the key
         */
        Failure withWords(String event) {
            return visible ? failure.withReply(new Reply("text/event-stream", event)) : failure;
        }
    }
}

package io.freerouter.openrouter;

import io.freerouter.failure.Failure;
import io.freerouter.failure.Failure.Reply;
import java.util.Optional;

/** What one event of an answer's stream means. */
sealed interface Chunk {
    /**
     * The stream's end mark.
     *
     * @param token whether the model says something in it
     */
    record Done(boolean token) implements Chunk {
        Done() {
            this(false);
        }
    }

    /**
     * Part of the answer. Neither a token nor the end is what comments, role-only chunks and the usage are.
     *
     * @param token whether the model says something in it
     * @param finished whether a choice ends with it, for a reason that is not an error
     */
    record Part(boolean token, boolean finished) implements Chunk {
        static final Part SILENT = new Part(false, false);

        /** Whether the event only shows that the connection lives. */
        boolean silent() {
            return equals(SILENT);
        }
    }

    /**
     * The attempt failed here.
     *
     * @param failure why
     * @param plain whether the event itself carries an error object at the place where clients look for one, so that it
     *     can be handed on as it is; otherwise a client might take the answer for complete
     */
    record Failed(Failure failure, boolean plain) implements Chunk {
        /**
         * The failure as a caller is told who already has part of the answer: in the upstream's own words where a client
         * understands them.
         *
         * @param event the whole event, without the key
         */
        Failure told(String event) {
            return plain ? inWords(new Reply("text/event-stream", event)) : failure;
        }

        private Failure inWords(Reply reply) {
            return new Failure(
                    failure.kind(),
                    failure.status(),
                    failure.restUntil(),
                    Optional.of(reply),
                    failure.provider(),
                    failure.limit());
        }
    }
}

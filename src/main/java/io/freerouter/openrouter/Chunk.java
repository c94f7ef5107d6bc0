package io.freerouter.openrouter;

import io.freerouter.failure.Failure;

/** What one event of a chat completion's stream means. */
sealed interface Chunk {
    /** The stream's end mark. */
    record Done() implements Chunk {}

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
    record Failed(Failure failure, boolean plain) implements Chunk {}
}

package io.freerouter.engine;

import java.util.Arrays;
import java.util.Optional;

/** A protocol in which an answer is asked for and given, the same between caller and gateway as between gateway and upstream. */
public enum Dialect {
    /** OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat). */
    CHAT("/chat/completions"),
    /** OpenAI's older completions of a text (https://platform.openai.com/docs/api-reference/completions). */
    COMPLETIONS("/completions"),
    /** OpenAI's responses (https://platform.openai.com/docs/api-reference/responses). */
    RESPONSES("/responses"),
    /** Anthropic's messages (https://docs.anthropic.com/en/api/messages). */
    MESSAGES("/messages"),
    /** OpenAI's embeddings (https://platform.openai.com/docs/api-reference/embeddings), which are never streamed. */
    EMBEDDINGS("/embeddings");

    private final String path;

    Dialect(String path) {
        this.path = path;
    }

    /** Where it is spoken, beneath the API's root. */
    public String path() {
        return path;
    }

    /** The one that is spoken at a path beneath the API's root, or further down; empty if there is none. */
    public static Optional<Dialect> at(String path) {
        return Arrays.stream(values())
                .filter(dialect -> path.equals(dialect.path) || path.startsWith(dialect.path + "/"))
                .findFirst();
    }
}

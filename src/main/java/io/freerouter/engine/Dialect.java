package io.freerouter.engine;

import java.util.Arrays;
import java.util.Optional;

/** A protocol for requests and answers. A request has the same dialect between caller and gateway as between gateway and upstream. */
public enum Dialect {
    /** OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat). */
    CHAT("/chat/completions"),
    /** OpenAI's older completions of a text (https://platform.openai.com/docs/api-reference/completions). */
    COMPLETIONS("/completions"),
    /** OpenAI's responses (https://platform.openai.com/docs/api-reference/responses). */
    RESPONSES("/responses"),
    /** Anthropic's messages (https://docs.anthropic.com/en/api/messages). */
    MESSAGES("/messages"),
    /** OpenAI's embeddings (https://platform.openai.com/docs/api-reference/embeddings), which never come as a stream. */
    EMBEDDINGS("/embeddings");

    private final String path;

    Dialect(String path) {
        this.path = path;
    }

    /** The path of its requests, beneath the API's root. */
    public String path() {
        return path;
    }

    /** The dialect of a path beneath the API's root, or of a path below that; empty if there is none. */
    public static Optional<Dialect> at(String path) {
        return Arrays.stream(values())
                .filter(dialect -> path.equals(dialect.path) || path.startsWith(dialect.path + "/"))
                .findFirst();
    }
}

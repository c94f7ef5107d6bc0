package io.freerouter.wire;

import io.freerouter.engine.Dialect;
import java.io.IOException;

/** Reads what a request says to a model, wherever its dialect has that. */
interface ContentScan {
    /**
     * The scan for a dialect.
     *
     * @param content told of what is found
     * @param size told of all that a model will read
     */
    static ContentScan of(Dialect dialect, Content content, SizeScan size) {
        return switch (dialect) {
            case CHAT -> new MessagesScan(content, size);
            case COMPLETIONS, EMBEDDINGS -> new TextsScan(required(dialect), content, size);
            case RESPONSES -> new InputScan(content, size);
            case MESSAGES -> new TurnsScan(content, size);
        };
    }

    /** The member with what is said, without which there is no request. */
    static String required(Dialect dialect) {
        return switch (dialect) {
            case CHAT, MESSAGES -> "messages";
            case COMPLETIONS -> "prompt";
            case RESPONSES, EMBEDDINGS -> "input";
        };
    }

    /** Reads a member of the body if it is one of those that count here, and may leave the rest of it unread. */
    void member(String name, JsonCursor json) throws IOException;
}

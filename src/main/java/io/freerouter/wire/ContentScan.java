package io.freerouter.wire;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.Dialect;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Reads what a request says to a model, wherever its dialect has that. */
interface ContentScan {
    /**
     * The scan for a dialect.
     *
     * @param body what is read
     * @param size told of all that a model will read
     */
    static ContentScan of(Dialect dialect, byte[] body, SizeScan size) {
        return switch (dialect) {
            case CHAT -> new MessagesScan(body, size);
            case COMPLETIONS -> new PromptScan(body, size);
            case RESPONSES -> new InputScan(body, size);
            case MESSAGES -> new TurnsScan(body, size);
        };
    }

    /** The member without which there is no such request. */
    String required();

    /** Reads a member of the body if it is one of those that count here, and may leave the rest of it unread. */
    void member(String name, JsonCursor json) throws IOException;

    /** What a model has to take. */
    Set<Ability> inputs();

    /** How the conversation began. */
    Opening opening();

    /** How many messages it has. */
    int count();

    /** What is to change for models that did not write all of it. */
    List<Splice> splices();
}

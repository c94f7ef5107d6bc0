package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.openrouter.json.ExactJson;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;

/**
 * The events of a stream that are held back, from the first sign of a tool call on, until its calls have been checked. Not for use by
 * several threads at once.
 */
final class HeldEvents {
    /** How many characters are held at most: far more than a call of a megabyte needs, and few enough for the memory. */
    static final int MOST = 16 << 20;

    private final StringBuilder events = new StringBuilder();
    private boolean open;

    /** Begins to hold events back. */
    void open() {
        open = true;
    }

    /** Whether events are held back. */
    boolean isOpen() {
        return open;
    }

    /** Holds an event back. Returns whether there is room for more. */
    boolean add(String event) {
        events.append(event);
        return events.length() <= MOST;
    }

    /** All events as they came. None is held back any more. */
    String take() {
        String all = events.toString();
        discard();
        return all;
    }

    /**
     * All events, of which those that are objects are written anew. None is held back any more.
     *
     * @param rewriter gets an event and its object; gives the events that take its place
     */
    String take(BiFunction<ServerSentEvent, ObjectNode, String> rewriter) {
        StringBuilder rewritten = new StringBuilder();
        new EventStreamParser()
                .parse(
                        take().getBytes(StandardCharsets.UTF_8),
                        event -> rewritten.append(
                                ExactJson.tree(event.data()) instanceof ObjectNode json
                                        ? rewriter.apply(event, json)
                                        : event.raw()));
        return rewritten.toString();
    }

    /** Forgets all events. None is held back any more. */
    void discard() {
        open = false;
        events.setLength(0);
        events.trimToSize();
    }
}

package io.freerouter.openrouter;

import java.util.ArrayList;
import java.util.List;

/** What an event says, for comparison. */
record SeenEvent(String raw, String data) {
    static SeenEvent of(ServerSentEvent event) {
        return new SeenEvent(event.raw(), event.data());
    }

    /** The events that are whole with these bytes. */
    static List<SeenEvent> parse(EventStreamParser parser, byte[] bytes) {
        List<SeenEvent> events = new ArrayList<>();
        parser.parse(bytes, event -> events.add(of(event)));
        return events;
    }
}

package io.freerouter.openrouter;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What whole server-sent events say. */
public final class EventTexts {
    private EventTexts() {}

    /**
     * The data of each event, in order, without comments and the end mark.
     *
     * @param events one or more whole events, as {@link io.freerouter.engine.OpenStream#events} hands them on
     */
    public static List<String> of(String events) {
        return new EventStreamParser()
                .parse(events.getBytes(StandardCharsets.UTF_8)).stream()
                        .filter(event -> !event.data().isEmpty() && !event.isDone())
                        .map(Event::data)
                        .toList();
    }
}

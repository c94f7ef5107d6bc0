package io.freerouter.openrouter;

import java.util.stream.Collectors;

/**
 * One server-sent event, or a block of comments that ends as an event does.
 *
 * @param raw the event as it came, with comments, all fields and the empty line that ends it
 * @param data what its {@code data} fields say, joined by line feeds; empty if it has none
 */
record Event(String raw, String data) {
    private static final String DATA = "data";
    private static final String NAME = "event:";
    private static final String DONE = "[DONE]";

    /**
     * Reads the fields of one event, by the rules for <a
     * href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">interpreting an
     * event stream</a>.
     */
    static Event of(String raw) {
        return new Event(
                raw, raw.lines().filter(Event::isData).map(Event::value).collect(Collectors.joining("\n")));
    }

    /** Whether this is the mark at the end of a chat completion's stream, which is not JSON. */
    boolean isDone() {
        return data.strip().equals(DONE);
    }

    /** Whether it has this type, which clients tell some events by; one given twice has the last. */
    boolean isNamed(String name) {
        return raw.lines()
                .filter(line -> line.startsWith(NAME))
                .reduce((first, second) -> second)
                .filter(line -> line.substring(NAME.length()).strip().equals(name))
                .isPresent();
    }

    private static boolean isData(String line) {
        return line.equals(DATA) || line.startsWith(DATA + ":");
    }

    /** What follows the colon, without the one space that may stand there; empty for a field without a colon. */
    private static String value(String line) {
        String value = line.substring(Math.min(line.length(), DATA.length() + 1));
        return value.startsWith(" ") ? value.substring(1) : value;
    }
}

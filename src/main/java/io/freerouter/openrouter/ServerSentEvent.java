package io.freerouter.openrouter;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One server-sent event, or a block of comments that ends as an event does: a range of bytes, from {@code from} up to but
 * without {@code to}. The bytes are shared, not copied; nobody may change them.
 */
final class ServerSentEvent {
    private static final String DATA = "data";
    private static final String NAME = "event:";
    private static final String DONE = "[DONE]";
    private static final String ERROR = "error";

    private final byte[] bytes;
    private final int from;
    private final int to;

    ServerSentEvent(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    static ServerSentEvent of(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        return new ServerSentEvent(bytes, 0, bytes.length);
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** The event as it came, with comments, all fields and the empty line that ends it. */
    String raw() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The same event with other data. Its other fields and its comments stay. */
    String withData(String other) {
        String rest = lines().filter(line -> !line.isEmpty() && !isData(line))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return rest + "data: " + other + "\n\n";
    }

    /**
     * What the {@code data} fields say, joined by line feeds; empty if there is none. By the rules for <a
     * href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">interpreting an
     * event stream</a>.
     */
    String data() {
        return lines().filter(ServerSentEvent::isData)
                .map(ServerSentEvent::value)
                .collect(Collectors.joining("\n"));
    }

    /**
     * The JSON object, or list, that stands here in place of an event: some proxies answer so, with the media type of an event
     * stream. Empty if there is a field, or if what there is does not begin as an object or list does.
     */
    Optional<String> bareJson() {
        String text = lines().filter(line -> !line.startsWith(":")).collect(Collectors.joining("\n"));
        String json = text.stripLeading();
        return json.startsWith("{") || json.startsWith("[") ? Optional.of(text) : Optional.empty();
    }

    /** The type of the event, by which clients tell some events apart; empty if it has none. The last one counts. */
    String name() {
        return lines().filter(line -> line.startsWith(NAME))
                .reduce((first, second) -> second)
                .map(line -> line.substring(NAME.length()).strip())
                .orElse("");
    }

    /** Whether the event's type says that it is an error. */
    boolean isError() {
        return name().equalsIgnoreCase(ERROR);
    }

    /** Whether this data is the mark at the end of a chat completion's stream, which is not JSON. */
    static boolean isDone(String data) {
        return data.strip().equals(DONE);
    }

    private Stream<String> lines() {
        return raw().lines();
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

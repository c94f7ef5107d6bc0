package io.freerouter.openrouter;

import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts the bytes of one <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">event stream</a> into its
 * events, however the network has split them. One for each stream; not for use by several threads at once.
 */
final class EventStreamParser {
    /** How many bytes one event may have: far above any image in one, far below what hurts. */
    static final int LONGEST_EVENT = 16 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final int longestEvent;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private LinePlace place = LinePlace.START;
    private boolean first = true;

    EventStreamParser() {
        this(LONGEST_EVENT);
    }

    EventStreamParser(int longestEvent) {
        this.longestEvent = longestEvent;
    }

    /**
     * The events that are whole with these bytes, in order; an empty line more than needed is an event without data.
     *
     * @throws AttemptFailed as malformed if an event grows beyond the bound; nothing more can be parsed then
     */
    List<Event> parse(byte[] bytes) {
        List<Event> events = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (place.eventEndsBefore(bytes[at])) {
                events.add(event(bytes, from, at));
                from = at;
            }
            if (place.eventEndsWith(bytes[at])) {
                events.add(event(bytes, from, at + 1));
                from = at + 1;
            }
            place = place.after(bytes[at]);
        }
        keep(bytes, from, bytes.length);
        return events;
    }

    /**
     * Ends the stream. The standard discards an event without its empty line; here the last one counts if it is
     * recognisably whole, its text completed by the line ends it lacks: some servers hang up right after the last byte of
     * {@code [DONE]}.
     *
     * @return the last event; empty if the stream ended after an event, or within comments
     * @throws AttemptFailed as broken if the stream was cut within an event
     */
    Optional<Event> finish() {
        String rest = take();
        if (place == LinePlace.AFTER_CR_OF_EMPTY_LINE) {
            return Optional.of(Event.of(rest));
        }
        if (rest.lines().allMatch(line -> line.isEmpty() || line.startsWith(":"))) {
            return Optional.empty();
        }
        return Optional.of(whole(Event.of(rest + (place == LinePlace.START ? "\n" : "\n\n"))));
    }

    private static Event whole(Event last) {
        if (last.isDone() || Json.object(last.data()).isPresent()) {
            return last;
        }
        throw new AttemptFailed(Failure.of(FailureKind.BROKEN));
    }

    private Event event(byte[] bytes, int from, int to) {
        keep(bytes, from, to);
        return Event.of(take());
    }

    private void keep(byte[] bytes, int from, int to) {
        if (to - from > longestEvent - unfinished.size()) {
            throw new AttemptFailed(Failure.of(FailureKind.MALFORMED));
        }
        unfinished.write(bytes, from, to - from);
    }

    /** The text kept so far; the byte order mark is not part of the first event. */
    private String take() {
        String text = unfinished.toString(StandardCharsets.UTF_8);
        unfinished.reset();
        boolean marked = first && text.startsWith(BYTE_ORDER_MARK);
        first = false;
        return marked ? text.substring(1) : text;
    }
}

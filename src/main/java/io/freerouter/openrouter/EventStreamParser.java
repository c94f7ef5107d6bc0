package io.freerouter.openrouter;

import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.json.ExactJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts the bytes of one <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">event stream</a> into its
 * events, however the network has split them. One for each stream; not for use by several threads at once.
 */
public final class EventStreamParser {
    /** How many bytes one event may have: far more than an event with an image has, and few enough for the memory. */
    static final int LONGEST_EVENT = 16 << 20;

    private static final byte LF = '\n';
    private static final byte CR = '\r';
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int longestEvent;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private Place place = Place.LINE_START;
    private boolean first = true;

    EventStreamParser() {
        this(LONGEST_EVENT);
    }

    EventStreamParser(int longestEvent) {
        this.longestEvent = longestEvent;
    }

    /**
     * The data of each event in a text, in order, without comments and the end mark.
     *
     * @param events one or more whole events, as {@link io.freerouter.engine.OpenStream#events} hands them on
     */
    public static List<String> texts(String events) {
        List<String> texts = new ArrayList<>();
        new EventStreamParser().parse(events.getBytes(StandardCharsets.UTF_8), event -> {
            String data = event.data();
            if (!data.isEmpty() && !ServerSentEvent.isDone(data)) {
                texts.add(data);
            }
        });
        return texts;
    }

    /**
     * Hands on the events that are whole with these bytes, in order. A surplus empty line is an event without data.
     *
     * @param bytes are shared with the events, so they must not change
     * @throws AttemptException as malformed if an event grows beyond the bound; nothing more can be parsed then
     */
    void parse(byte[] bytes, Consumer<ServerSentEvent> events) {
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (place == Place.INSIDE) {
                at = endOfLine(bytes, at);
                if (at == bytes.length) {
                    break;
                }
            }
            byte next = bytes[at];
            if (place.eventEndsBefore(next)) {
                events.accept(event(bytes, from, at));
                from = at;
            }
            if (place.eventEndsWith(next)) {
                events.accept(event(bytes, from, at + 1));
                from = at + 1;
            }
            place = place.after(next);
        }
        keep(bytes, from, bytes.length);
    }

    private static int endOfLine(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != LF && bytes[at] != CR) {
            at++;
        }
        return at;
    }

    /**
     * Ends the stream. The standard discards an event without its empty line. Here the last event counts if it is
     * recognisably whole, and gets the line ends that it lacks: some servers hang up right after the last byte of
     * {@code [DONE]}, others send JSON without any line end.
     *
     * @return the last event; empty if the stream ended after an event, or within comments
     * @throws AttemptException as broken if the stream was cut within an event
     */
    Optional<ServerSentEvent> finish() {
        byte[] rest = take();
        ServerSentEvent last = withoutMark(rest, 0, rest.length);
        String text = last.raw();
        if (place == Place.AFTER_CR_OF_EMPTY_LINE) {
            return Optional.of(last);
        }
        if (text.lines().allMatch(line -> line.isBlank() || line.startsWith(":"))) {
            return Optional.empty();
        }
        return Optional.of(whole(ServerSentEvent.of(text + (place == Place.LINE_START ? "\n" : "\n\n"))));
    }

    private static ServerSentEvent whole(ServerSentEvent last) {
        String data = last.data();
        if (ServerSentEvent.isDone(data)
                || last.isError()
                || ExactJson.tree(last.bareJson().orElse(data)).isContainerNode()) {
            return last;
        }
        throw new AttemptException(Failure.of(FailureKind.BROKEN));
    }

    private ServerSentEvent event(byte[] bytes, int from, int to) {
        if (unfinished.size() == 0) {
            checkLength(to - from);
            return withoutMark(bytes, from, to);
        }
        keep(bytes, from, to);
        byte[] whole = take();
        return withoutMark(whole, 0, whole.length);
    }

    private void keep(byte[] bytes, int from, int to) {
        checkLength(to - from);
        unfinished.write(bytes, from, to - from);
    }

    private void checkLength(int more) {
        if (more > longestEvent - unfinished.size()) {
            throw new AttemptException(Failure.of(FailureKind.MALFORMED));
        }
    }

    private byte[] take() {
        byte[] bytes = unfinished.toByteArray();
        unfinished.reset();
        return bytes;
    }

    /** A byte order mark is not part of the first event. */
    private ServerSentEvent withoutMark(byte[] bytes, int from, int to) {
        boolean marked = first && startsWithMark(bytes, from, to);
        first = false;
        return new ServerSentEvent(bytes, marked ? from + BYTE_ORDER_MARK.length : from, to);
    }

    private static boolean startsWithMark(byte[] bytes, int from, int to) {
        return to - from >= BYTE_ORDER_MARK.length
                && bytes[from] == BYTE_ORDER_MARK[0]
                && bytes[from + 1] == BYTE_ORDER_MARK[1]
                && bytes[from + 2] == BYTE_ORDER_MARK[2];
    }

    /**
     * Where in a line the stream is. A line ends in LF, CR or CRLF; an empty line ends an event.
     *
     * <p>Only the next byte shows whether a CR is a whole line end. An event whose lines end in lone CRs does not wait for
     * that byte: it ends with the CR of its empty line, and an LF that follows after all belongs to the next event's text.
     * In a stream with other line ends the LF is on its way, so the event waits for it.
     */
    private enum Place {
        /** At the beginning of a line; no CR just before. */
        LINE_START,
        /** Within a line. */
        INSIDE,
        /** After a line end that is a CR, or the first half of a CRLF. */
        AFTER_CR,
        /** As {@link #AFTER_CR}, where the line is empty and the line before it did not end in a lone CR. */
        AFTER_CR_OF_EMPTY_LINE;

        /** Whether this byte shows that an event ended before it. */
        boolean eventEndsBefore(byte next) {
            return this == AFTER_CR_OF_EMPTY_LINE && next != LF;
        }

        /** Whether this byte is the last of an event. */
        boolean eventEndsWith(byte next) {
            return switch (this) {
                case LINE_START -> next == LF;
                case INSIDE -> false;
                case AFTER_CR -> next == CR;
                case AFTER_CR_OF_EMPTY_LINE -> next == LF || next == CR;
            };
        }

        /** The place after this byte. */
        Place after(byte next) {
            return switch (next) {
                case LF -> LINE_START;
                case CR -> this == LINE_START ? AFTER_CR_OF_EMPTY_LINE : AFTER_CR;
                default -> INSIDE;
            };
        }
    }
}

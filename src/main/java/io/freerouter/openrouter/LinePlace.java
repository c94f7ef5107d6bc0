package io.freerouter.openrouter;

/**
 * Where in a line an event stream stands; lines end in LF, CR or CRLF, as in the <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">grammar of event
 * streams</a>. An empty line ends an event.
 *
 * <p>Whether a CR is a whole line end shows only with the next byte. An event whose lines end in lone CRs is not kept
 * waiting for it: it ends with the CR of its empty line, and should an LF follow after all, that belongs to the next
 * event's text. In a stream with other line ends the LF is on its way and is waited for.
 */
enum LinePlace {
    /** At the beginning of a line; no CR just before. */
    START,
    /** Within a line. */
    INSIDE,
    /** After a line end that is a CR, or the first half of a CRLF. */
    AFTER_CR,
    /** As {@link #AFTER_CR}, where the line is empty and the line before it did not end in a lone CR. */
    AFTER_CR_OF_EMPTY_LINE;

    private static final byte LF = '\n';
    private static final byte CR = '\r';

    /** Whether this byte shows that an event ended before it. */
    boolean eventEndsBefore(byte next) {
        return this == AFTER_CR_OF_EMPTY_LINE && next != LF;
    }

    /** Whether this byte is the last of an event. */
    boolean eventEndsWith(byte next) {
        return switch (this) {
            case START -> next == LF;
            case INSIDE -> false;
            case AFTER_CR -> next == CR;
            case AFTER_CR_OF_EMPTY_LINE -> next == LF || next == CR;
        };
    }

    /** The place after this byte. */
    LinePlace after(byte next) {
        return switch (next) {
            case LF -> START;
            case CR -> this == START ? AFTER_CR_OF_EMPTY_LINE : AFTER_CR;
            default -> INSIDE;
        };
    }
}

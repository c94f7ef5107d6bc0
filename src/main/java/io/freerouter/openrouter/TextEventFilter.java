package io.freerouter.openrouter;

import io.freerouter.dialect.AnswerFormat;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Recognises, from the bytes of an event, a chunk that is only more text: well-formed JSON without any member that could matter
 * to us ({@link AnswerFormat#notableMembers}). Such a chunk is handed on without being parsed, which is most of what a stream
 * costs. When in doubt, the answer is no, and the full parse decides: for a chunk with an escape in a member's name, with a
 * number that is long or has an exponent, or nested unusually deep.
 *
 * <p>One for each stream; not for use by several threads at once.
 */
final class TextEventFilter {
    private static final int DEEPEST = 24;
    private static final int LONGEST_NUMBER = 18;
    private static final byte[] EVENT = ascii("event:");
    private static final byte[] DATA = ascii("data:");
    private static final byte[] TYPE = ascii("type");
    private static final byte[] OBJECT = ascii("object");
    private static final byte[] ERROR = ascii("error");
    /** Where an error has its words, in every dialect. */
    private static final List<String> OF_ERRORS = List.of("error", "message", "detail");

    private static final byte[] INDEX = ascii("index");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");

    private final byte[][] notable;
    private final byte[][] textTypes;
    private byte[] bytes;
    private int at;
    private int end;

    TextEventFilter(AnswerFormat format) {
        Set<String> members = new HashSet<>(format.notableMembers());
        members.addAll(OF_ERRORS);
        notable = ascii(members);
        textTypes = ascii(format.textTypes());
    }

    private TextEventFilter(TextEventFilter alike) {
        notable = alike.notable;
        textTypes = alike.textTypes;
    }

    /** A filter of the same format for another stream. It shares what all streams have in common. May be called from any thread. */
    TextEventFilter forAnotherStream() {
        return new TextEventFilter(this);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[][] ascii(Collection<String> texts) {
        return texts.stream().map(TextEventFilter::ascii).toArray(byte[][]::new);
    }

    /** Whether the event is a chunk that adds text to an answer that has begun, and nothing else. */
    boolean isText(ServerSentEvent event) {
        bytes = event.bytes();
        at = event.from();
        end = event.to();
        boolean text = isText();
        bytes = null;
        return text;
    }

    /** An event with one field {@code data}, perhaps after one with its name. */
    private boolean isText() {
        if (end - at < 2 || bytes[end - 1] != '\n') {
            return false;
        }
        if (skip(EVENT)) {
            if (isError() || !lineEnd()) {
                return false;
            }
        }
        if (!skip(DATA)) {
            return false;
        }
        space();
        if (peek() != '{' || !object(0)) {
            return false;
        }
        space();
        return lineEnd() && lineEnd() && at == end;
    }

    /** Reads on to the end of the line. Whether the event's name begins as that of an error does. */
    private boolean isError() {
        space();
        int name = at;
        while (peek() >= ' ' || peek() < 0) {
            at++;
        }
        return at - name >= ERROR.length
                && new String(bytes, name, ERROR.length, StandardCharsets.US_ASCII).equalsIgnoreCase("error");
    }

    /** Every event ends in a line feed, which no token contains, so that reading on is safe until one is met. */
    private byte peek() {
        return at < end ? bytes[at] : 0;
    }

    private boolean lineEnd() {
        if (peek() == '\r') {
            at++;
        }
        return next('\n');
    }

    private boolean next(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    private boolean skip(byte[] text) {
        if (!isHere(text, at, text.length)) {
            return false;
        }
        at += text.length;
        return true;
    }

    private boolean isHere(byte[] text, int from, int length) {
        if (length != text.length || from + length > end) {
            return false;
        }
        for (int index = 0; index < length; index++) {
            if (bytes[from + index] != text[index]) {
                return false;
            }
        }
        return true;
    }

    private void space() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private boolean value(int depth) {
        return switch (peek()) {
            case '"' -> string(true);
            case '{' -> object(depth);
            case '[' -> array(depth);
            case 't' -> skip(TRUE);
            case 'f' -> skip(FALSE);
            case 'n' -> skip(NULL);
            default -> number();
        };
    }

    private boolean object(int depth) {
        if (depth == DEEPEST) {
            return false;
        }
        at++;
        space();
        if (next('}')) {
            return true;
        }
        while (member(depth)) {
            space();
            if (next('}')) {
                return true;
            }
            if (!next(',')) {
                return false;
            }
            space();
        }
        return false;
    }

    private boolean member(int depth) {
        int name = at + 1;
        if (!string(false)) {
            return false;
        }
        int length = at - 1 - name;
        space();
        if (!next(':')) {
            return false;
        }
        space();
        boolean type = isHere(TYPE, name, length);
        if (type && !isTextType()
                || (type || isHere(OBJECT, name, length)) && mayBeError()
                || isNotable(name, length) && !isTextValue(name, length)) {
            return false;
        }
        return value(depth + 1);
    }

    /** Null is as good as nothing, and the first of several answers is the usual one. */
    private boolean isTextValue(int name, int length) {
        return peek() == 'n' || peek() == '0' && isHere(INDEX, name, length);
    }

    /** Whether the text that begins here says that the chunk is an error, or has an escape. Does not move on. */
    private boolean mayBeError() {
        int quote = at;
        boolean may = peek() == '"' && (!string(false) || isHere(ERROR, quote + 1, at - quote - 2));
        at = quote;
        return may;
    }

    private boolean isNotable(int name, int length) {
        for (byte[] member : notable) {
            if (isHere(member, name, length)) {
                return true;
            }
        }
        return false;
    }

    /** Looks at the value that begins here without moving on. */
    private boolean isTextType() {
        if (textTypes.length == 0) {
            return true;
        }
        int quote = at;
        boolean known = false;
        if (string(false)) {
            for (byte[] type : textTypes) {
                known |= isHere(type, quote + 1, at - quote - 2);
            }
        }
        at = quote;
        return known;
    }

    private boolean array(int depth) {
        if (depth == DEEPEST) {
            return false;
        }
        at++;
        space();
        if (next(']')) {
            return true;
        }
        while (value(depth + 1)) {
            space();
            if (next(']')) {
                return true;
            }
            if (!next(',')) {
                return false;
            }
            space();
        }
        return false;
    }

    private boolean string(boolean escapes) {
        if (!next('"')) {
            return false;
        }
        while (at < end) {
            byte next = bytes[at++];
            if (next == '"') {
                return true;
            }
            if (next == '\\') {
                if (!escapes || !escape()) {
                    return false;
                }
            } else if (next >= 0 && next < ' ') {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        byte escaped = peek();
        at++;
        return switch (escaped) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
            case 'u' -> hex() && hex() && hex() && hex();
            default -> false;
        };
    }

    private boolean hex() {
        return Character.digit(at < end ? bytes[at++] : 0, 16) >= 0;
    }

    private boolean number() {
        int from = at;
        next('-');
        if (!next('0') && !digits() || next('.') && !digits()) {
            return false;
        }
        byte next = peek();
        return at - from <= LONGEST_NUMBER && next != 'e' && next != 'E' && !(next >= '0' && next <= '9');
    }

    private boolean digits() {
        int from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at > from;
    }
}

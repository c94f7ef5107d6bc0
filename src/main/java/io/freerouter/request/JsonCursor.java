package io.freerouter.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.BitSet;
import java.util.Optional;

/**
 * A place in a JSON text (RFC 8259) that moves from value to value and knows which bytes each value takes. It checks every byte
 * it passes, and decodes a name or a string only when the caller asks for it: reading a body of many megabytes needs no memory
 * beyond the body. A syntax error is a {@link InvalidRequestException} that names the place and quotes nothing. Not for several threads at
 * once.
 */
public final class JsonCursor {
    /** How deep arrays and objects may be nested. */
    static final int MAX_DEPTH = 1000;

    /** The largest number that {@link #count()} returns: more than anything that is counted. */
    static final long MAX_COUNT = 1_000_000_000_000L;

    private static final int MAX_COUNT_DIGITS = 12;
    /** A longer name has no meaning here, whatever escapes it uses. */
    private static final int MAX_NAME_BYTES = 1000;

    private static final int END = -1;

    private final byte[] json;
    /** Which of the open containers are arrays, by their depth. */
    private final BitSet arrays = new BitSet();

    private int depth;
    private int at;
    private int start;
    private JsonType type;
    private boolean opened;
    private boolean escaped;
    private int memberStart;
    private int nameEnd;
    private boolean nameEscaped;
    private String name;

    private JsonCursor(byte[] utf8) {
        json = utf8;
    }

    /**
     * Stands on the first value of the text.
     *
     * @param utf8 valid UTF-8 without a byte order mark; not changed while the cursor is used
     * @throws InvalidRequestException if there is no value
     */
    public static JsonCursor open(byte[] utf8) {
        JsonCursor cursor = new JsonCursor(utf8);
        cursor.skipSpace();
        if (cursor.peek() == END) {
            throw InvalidRequestException.body("The request body is empty; it must be a JSON object.");
        }
        cursor.readValue();
        return cursor;
    }

    /** Goes to the value of the next member; false at the end of the object. */
    public boolean nextMember() {
        if (!nextPart('}')) {
            return false;
        }
        if (peek() != '"') {
            throw malformed(at);
        }
        memberStart = at;
        readString();
        nameEnd = at;
        nameEscaped = escaped;
        name = null;
        skipSpace();
        expect(':');
        skipSpace();
        readValue();
        return true;
    }

    /** Goes to the next element; false at the end of the array. */
    public boolean nextElement() {
        if (!nextPart(']')) {
            return false;
        }
        readValue();
        return true;
    }

    private boolean nextPart(char closing) {
        boolean first = opened;
        opened = false;
        skipSpace();
        if (peek() == closing) {
            at++;
            depth--;
            type = closing == ']' ? JsonType.ARRAY : JsonType.OBJECT;
            return false;
        }
        if (!first) {
            expect(',');
            skipSpace();
        }
        return true;
    }

    /**
     * Reads an object to its end. A value of any other type is left as it is.
     *
     * @param name the name of a member that may occur several times, or not at all
     * @param reader reads the member's value, or leaves it unread
     */
    public void readMembers(String name, Runnable reader) {
        if (type != JsonType.OBJECT) {
            return;
        }
        while (nextMember()) {
            if (name().equals(name)) {
                reader.run();
            }
            skip();
        }
    }

    /** Goes to the end of the value; {@link #name()} and {@link #memberStart()} stay as they are. */
    public void skip() {
        if (!opened) {
            return;
        }
        int ownStart = memberStart;
        int ownEnd = nameEnd;
        boolean ownEscaped = nameEscaped;
        String own = name;
        for (int outer = depth - 1; depth > outer; ) {
            nextToken();
        }
        memberStart = ownStart;
        nameEnd = ownEnd;
        nameEscaped = ownEscaped;
        name = own;
    }

    private boolean nextToken() {
        return arrays.get(depth) ? nextElement() : nextMember();
    }

    /** Whether nothing but white space follows the first value of the text. */
    boolean atEndOfText() {
        skipSpace();
        return peek() == END;
    }

    /** The name of the member last entered, without its escapes; empty if it is longer than any name that has a meaning. */
    public String name() {
        if (name == null) {
            boolean tooLong = nameEnd - memberStart > MAX_NAME_BYTES;
            name = tooLong ? "" : decode(memberStart + 1, nameEnd - 1, nameEscaped);
        }
        return name;
    }

    /** The type of the value. */
    public JsonType type() {
        return type;
    }

    /** The string's text without its escapes; empty if the value is no string. */
    public Optional<String> text() {
        return type == JsonType.STRING ? Optional.of(decode(start + 1, at - 1, escaped)) : Optional.empty();
    }

    /** Whether the value is {@code true}. */
    public boolean isTrue() {
        return type == JsonType.BOOLEAN && json[start] == 't';
    }

    /** Whether the value is {@code false}. */
    public boolean isFalse() {
        return type == JsonType.BOOLEAN && json[start] == 'f';
    }

    /** The whole number that the value is, at least 0 and at most {@link #MAX_COUNT}; 0 if it is none. */
    public long count() {
        if (type != JsonType.INTEGER || json[start] == '-') {
            return 0;
        }
        return at - start > MAX_COUNT_DIGITS ? MAX_COUNT : Long.parseLong(decode(start, at, false));
    }

    /** Reads an object or array to its end, and hands over each member at any depth whose value is a string. */
    public void readStringMembers(Runnable reader) {
        for (int outer = depth - 1; depth > outer; ) {
            boolean inObject = !arrays.get(depth);
            if (nextToken() && inObject && type == JsonType.STRING) {
                reader.run();
            }
        }
    }

    /** Where the name of the member last entered begins. */
    public int memberStart() {
        return memberStart;
    }

    /** Where the value begins; ask before reading what is in it. */
    public int start() {
        return start;
    }

    /** The first byte after the value; after the opening bracket of an array or object that is not read yet. */
    public int end() {
        return at;
    }

    private void readValue() {
        start = at;
        opened = false;
        switch (peek()) {
            case '{' -> open(JsonType.OBJECT);
            case '[' -> open(JsonType.ARRAY);
            case '"' -> {
                readString();
                type = JsonType.STRING;
            }
            case 't' -> readWord("true", JsonType.BOOLEAN);
            case 'f' -> readWord("false", JsonType.BOOLEAN);
            case 'n' -> readWord("null", JsonType.NULL);
            default -> readNumber();
        }
    }

    private void open(JsonType container) {
        if (depth == MAX_DEPTH) {
            throw InvalidRequestException.body("The request body is too intricate: it may be nested at most "
                    + MAX_DEPTH + " levels deep" + place(at) + ".");
        }
        depth++;
        arrays.set(depth, container == JsonType.ARRAY);
        type = container;
        opened = true;
        at++;
    }

    private void readString() {
        escaped = false;
        int i = at + 1;
        for (int unit = byteAt(i); unit != '"'; unit = byteAt(i)) {
            if (unit == '\\') {
                escaped = true;
                i += escapeLength(i);
            } else if (unit == END || unit < ' ') {
                throw malformed(i);
            } else {
                i++;
            }
        }
        at = i + 1;
    }

    private int escapeLength(int backslash) {
        int kind = byteAt(backslash + 1);
        if (kind == END || "\"\\/bfnrtu".indexOf(kind) < 0) {
            throw malformed(backslash);
        }
        if (kind != 'u') {
            return 2;
        }
        for (int i = backslash + 2; i < backslash + 6; i++) {
            if (Character.digit(byteAt(i), 16) < 0) {
                throw malformed(i);
            }
        }
        return 6;
    }

    private void readWord(String word, JsonType meaning) {
        for (int i = 0; i < word.length(); i++) {
            if (byteAt(at + i) != word.charAt(i)) {
                throw malformed(at + i);
            }
        }
        at += word.length();
        type = meaning;
    }

    private void readNumber() {
        type = JsonType.INTEGER;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            readDigits();
        }
        if (peek() == '.') {
            type = JsonType.FRACTION;
            at++;
            readDigits();
        }
        if (peek() == 'e' || peek() == 'E') {
            type = JsonType.FRACTION;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            readDigits();
        }
    }

    private void readDigits() {
        int from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == from) {
            throw malformed(at);
        }
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            at++;
        }
    }

    private void expect(char unit) {
        if (peek() != unit) {
            throw malformed(at);
        }
        at++;
    }

    private int peek() {
        return byteAt(at);
    }

    private int byteAt(int index) {
        return index < json.length ? json[index] & 0xFF : END;
    }

    private String decode(int from, int to, boolean escapes) {
        if (!escapes) {
            return new String(json, from, to - from, UTF_8);
        }
        StringBuilder text = new StringBuilder(to - from);
        int plain = from;
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                text.append(new String(json, plain, i - plain, UTF_8)).append(unescape(i));
                i += json[i + 1] == 'u' ? 5 : 1;
                plain = i + 1;
            }
        }
        return text.append(new String(json, plain, to - plain, UTF_8)).toString();
    }

    private char unescape(int backslash) {
        char kind = (char) json[backslash + 1];
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) Integer.parseInt(new String(json, backslash + 2, 4, UTF_8), 16);
            default -> kind;
        };
    }

    private InvalidRequestException malformed(int index) {
        return InvalidRequestException.body("The request body is not valid JSON" + place(index) + ".");
    }

    private String place(int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < Math.min(index, json.length); i++) {
            if (json[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return " (line " + line + ", column " + (index - lineStart + 1) + ")";
    }
}

package io.freerouter.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A place in a JSON text that moves from value to value and knows the bytes each one takes. */
final class JsonCursor implements AutoCloseable {
    static final int MAX_DEPTH = 1000;
    /** More than anything that is counted. */
    static final long MOST = 1_000_000_000_000L;

    private static final int DIGITS = 12;

    /** An image is one string of many megabytes, and no number is ever computed with: only depth needs a limit. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();

    private final JsonParser parser;
    private String name;
    private int memberStart;

    private JsonCursor(JsonParser parser) {
        this.parser = parser;
    }

    /** Stands on the first value of the text. */
    static JsonCursor open(byte[] utf8) throws IOException {
        JsonCursor cursor = new JsonCursor(ownFactory().createParser(utf8));
        if (cursor.parser.nextToken() == null) {
            throw BadRequest.body("The request body is empty; it must be a JSON object.");
        }
        return cursor;
    }

    /** A factory keeps the member names it has seen: one for all bodies would hold on to whatever callers send. */
    private static JsonFactory ownFactory() {
        return JsonFactory.builder()
                .streamReadConstraints(LIMITS)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /** Goes to the value of the next member; false at the end of the object. */
    boolean nextMember() throws IOException {
        if (parser.nextToken() != JsonToken.FIELD_NAME) {
            return false;
        }
        name = parser.currentName();
        memberStart = start();
        parser.nextToken();
        return true;
    }

    /** Goes to the next element; false at the end of the array. */
    boolean nextElement() throws IOException {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /** Goes to the value of the object's first member of this name; false if the value is no object, or has none. */
    boolean enter(String member) throws IOException {
        if (type() != JsonType.OBJECT) {
            return false;
        }
        while (nextMember()) {
            if (name.equals(member)) {
                return true;
            }
            skip();
        }
        return false;
    }

    /** Goes to the end of the value, which must be one. */
    void skip() throws IOException {
        parser.skipChildren();
    }

    /** Whether nothing but white space follows. */
    boolean atEndOfText() throws IOException {
        return parser.nextToken() == null;
    }

    /** The name of the member last entered, without its escapes. */
    String name() {
        return name;
    }

    JsonType type() {
        return JsonType.of(parser.currentToken());
    }

    /** The string's text without its escapes; empty if the value is none. */
    Optional<String> text() throws IOException {
        return type() == JsonType.STRING ? Optional.of(parser.getText()) : Optional.empty();
    }

    boolean isTrue() {
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    boolean isFalse() {
        return parser.currentToken() == JsonToken.VALUE_FALSE;
    }

    /** The whole number that the value is, at least 0 and at most {@link #MOST}; 0 if it is none. */
    long count() throws IOException {
        String digits = type() == JsonType.INTEGER ? parser.getText() : "-";
        return digits.startsWith("-") ? 0 : digits.length() > DIGITS ? MOST : Long.parseLong(digits);
    }

    /** Reads an object or array to its end and hands on every text in it, at any depth, with the name of the member that it is. */
    void texts(BiConsumer<String, String> reader) throws IOException {
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token == JsonToken.VALUE_STRING && parser.currentName() != null) {
                reader.accept(parser.currentName(), parser.getText());
            }
        }
    }

    /** Where the name of the member last entered begins. */
    int memberStart() {
        return memberStart;
    }

    /** Where the value begins; ask before skipping it. */
    int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Where the value is over; ask after skipping it. */
    int end() throws IOException {
        parser.finishToken();
        return (int) parser.currentLocation().getByteOffset();
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}

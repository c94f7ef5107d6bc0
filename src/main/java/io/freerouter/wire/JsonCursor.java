package io.freerouter.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Optional;

/** A place in a JSON text that moves from value to value and knows the bytes each one takes. */
final class JsonCursor implements AutoCloseable {
    static final int MAX_DEPTH = 1000;

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

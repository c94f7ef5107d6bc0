package io.freerouter.wire;

import com.fasterxml.jackson.core.JsonToken;

/** What a JSON value is, in the words an error message uses. */
enum JsonType {
    STRING("a string"),
    INTEGER("an integer"),
    FRACTION("a number with a fraction or an exponent"),
    BOOLEAN("a boolean"),
    NULL("null"),
    ARRAY("an array"),
    OBJECT("an object");

    private final String words;

    JsonType(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** The type of the value that begins, or ends, with this token. */
    static JsonType of(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> STRING;
            case VALUE_NUMBER_INT -> INTEGER;
            case VALUE_NUMBER_FLOAT -> FRACTION;
            case VALUE_TRUE, VALUE_FALSE -> BOOLEAN;
            case VALUE_NULL -> NULL;
            case START_ARRAY, END_ARRAY -> ARRAY;
            case START_OBJECT, END_OBJECT -> OBJECT;
            default -> throw new IllegalArgumentException("No value has the token " + token);
        };
    }
}

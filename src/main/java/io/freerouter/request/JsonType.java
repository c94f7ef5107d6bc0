package io.freerouter.request;

/** What a JSON value is, in the words an error message uses. */
public enum JsonType {
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
}

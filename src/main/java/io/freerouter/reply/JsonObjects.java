package io.freerouter.reply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads JSON objects as trees, to be filled in and written as text. */
public final class JsonObjects {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonObjects() {}

    /** An object that our own code spells out. The caller may change it. */
    public static ObjectNode template(String object) {
        try {
            return (ObjectNode) MAPPER.readTree(object);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A template in the program is not JSON", e);
        }
    }

    /** An object from outside; empty if the text is anything else. */
    public static Optional<ObjectNode> object(String text) {
        try {
            return MAPPER.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }
}

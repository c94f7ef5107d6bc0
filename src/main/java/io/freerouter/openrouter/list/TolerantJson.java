package io.freerouter.openrouter.list;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.openrouter.json.Decimals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads JSON into a tree so that a bad value affects nothing but itself and is not mistaken for another. Numbers are exact.
 * An impossible number, a value nested too deep and a field given twice become nodes of no JSON type.
 */
final class TolerantJson {
    private static final int DEEPEST = 16;
    /** Of a row, which is in an array in an object. */
    private static final int ROW_DEPTH = DEEPEST - 2;
    /** Skipped levels cost no stack, but each level costs memory while it is open. */
    private static final int DEEPEST_SKIPPED = 100_000;

    /** Several times the tokens of a list of all models. A value in a tree takes far more memory than its bytes. */
    private static final int MOST_TOKENS = 1_000_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST_SKIPPED)
                    .maxTokenCount(MOST_TOKENS)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonNode UNREADABLE = NODES.pojoNode("unreadable");

    private TolerantJson() {}

    /** @throws IOException if this is not one JSON value */
    static JsonNode read(byte[] json) throws IOException {
        return read(json, 0, json.length, DEEPEST);
    }

    private static JsonNode read(byte[] json, int from, int to, int depth) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json, from, to - from)) {
            JsonNode root = parser.nextToken() == null ? NODES.missingNode() : value(parser, depth);
            checkEnd(parser);
            return root;
        }
    }

    private static void checkEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "More than one value");
        }
    }

    /**
     * One value of an array of rows.
     *
     * @param members the wanted members of the row; a missing node if the row is no object
     */
    record Row(JsonNode members, byte[] json, int from, int to) {
        /**
         * The whole row, as {@link TolerantJson#read} reads it.
         *
         * @throws IOException if it is not JSON after all: a value that nobody wants is not decoded before
         */
        JsonNode whole() throws IOException {
            return read(json, from, to, ROW_DEPTH);
        }
    }

    /**
     * The rows of a JSON object that has them in a member. Only the wanted members of a row become nodes, because most of a list's
     * bytes are texts that nobody looks at.
     *
     * @return empty if there is no such member, if it is no array, or if there are several
     * @throws IOException if this is not one JSON value in UTF-8
     */
    static Optional<List<Row>> rows(byte[] json, String member, Set<String> wanted) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            List<Optional<List<Row>>> found = new ArrayList<>();
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    boolean isIt = parser.currentName().equals(member);
                    boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
                    if (isIt) {
                        found.add(isArray ? Optional.of(rows(parser, json, wanted)) : Optional.empty());
                    }
                    parser.skipChildren();
                }
            } else {
                parser.skipChildren();
            }
            checkEnd(parser);
            return found.size() == 1 ? found.get(0) : Optional.empty();
        }
    }

    private static List<Row> rows(JsonParser parser, byte[] json, Set<String> wanted) throws IOException {
        List<Row> rows = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int from = offset(parser);
            JsonNode members = NODES.missingNode();
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                members = members(parser, wanted);
            } else {
                parser.skipChildren();
            }
            rows.add(new Row(members, json, from, offset(parser) + 1));
        }
        return rows;
    }

    private static int offset(JsonParser parser) throws IOException {
        long offset = parser.currentTokenLocation().getByteOffset();
        if (offset < 0) {
            throw new JsonParseException(parser, "Not in UTF-8");
        }
        return (int) offset;
    }

    private static ObjectNode members(JsonParser parser, Set<String> wanted) throws IOException {
        ObjectNode members = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (wanted.contains(name)) {
                set(members, name, value(parser, ROW_DEPTH - 1));
            } else {
                parser.skipChildren();
            }
        }
        return members;
    }

    private static JsonNode value(JsonParser parser, int depth) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> depth == 0 ? skipped(parser) : object(parser, depth - 1);
            case START_ARRAY -> depth == 0 ? skipped(parser) : array(parser, depth - 1);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
            default -> NODES.nullNode();
        };
    }

    private static JsonNode skipped(JsonParser parser) throws IOException {
        parser.skipChildren();
        return UNREADABLE;
    }

    private static JsonNode object(JsonParser parser, int depth) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            set(object, name, value(parser, depth));
        }
        return object;
    }

    private static void set(ObjectNode object, String name, JsonNode value) {
        object.set(name, object.has(name) ? UNREADABLE : value);
    }

    private static JsonNode array(JsonParser parser, int depth) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, depth));
        }
        return array;
    }

    private static JsonNode number(String text) {
        return Decimals.read(text).<JsonNode>map(DecimalNode::valueOf).orElse(UNREADABLE);
    }
}

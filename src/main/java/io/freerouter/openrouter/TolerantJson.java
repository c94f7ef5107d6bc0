package io.freerouter.openrouter;

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
import java.io.IOException;

/**
 * Reads JSON into a tree so that no single value can spoil the rest or be taken for another. Numbers are exact. A number
 * that cannot be, a value nested too deep and a field given twice become nodes that are of no JSON type at all.
 */
final class TolerantJson {
    private static final int DEEPEST = 16;
    /** Depth costs no stack, as what is too deep is skipped, but each level costs memory while it is open. */
    private static final int DEEPEST_SKIPPED = 100_000;

    /** Some times as much as in a list of all models; a value in a tree takes far more memory than its bytes do. */
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
        try (JsonParser parser = FACTORY.createParser(json)) {
            JsonNode root = parser.nextToken() == null ? NODES.missingNode() : value(parser, DEEPEST);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "More than one value");
            }
            return root;
        }
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
            JsonNode value = value(parser, depth);
            object.set(name, object.has(name) ? UNREADABLE : value);
        }
        return object;
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

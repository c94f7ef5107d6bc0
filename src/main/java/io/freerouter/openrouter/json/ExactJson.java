package io.freerouter.openrouter.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * JSON as trees that keep every digit of their numbers. A text is one whole value, with or without a byte order mark before it.
 * Jackson bounds the nesting.
 */
public final class ExactJson {
    /** One string may be an image. The transport bounds the body, and so the string. */
    private static final StreamReadConstraints LONG_STRINGS =
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LONG_STRINGS).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final ObjectReader READER = MAPPER.reader();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ExactJson() {}

    /** The object that the text is; empty if the text is anything else, or has something after the object. */
    public static Optional<JsonNode> object(String text) {
        return read(text).filter(JsonNode::isObject);
    }

    /** The value that the text is; a missing node if the text is not JSON. */
    public static JsonNode tree(String text) {
        return read(text).orElseGet(MissingNode::getInstance);
    }

    /** The tree as text, in UTF-8. */
    public static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Whether the text is one value of any type, with nothing after it. */
    public static boolean isValue(String text) {
        return read(text).filter(value -> !value.isMissingNode()).isPresent();
    }

    /** The value that the text is (an absurd exponent makes none), a missing node for blank text; empty if the text is not JSON. */
    public static Optional<JsonNode> read(String text) {
        try {
            return Optional.of(READER.readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
        } catch (JsonProcessingException | NumberFormatException notJson) {
            return Optional.empty();
        }
    }
}

package io.freerouter.openrouter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/** Reads JSON of foreign make: one whole object, numbers digit by digit, nesting bounded by Jackson's own limit. */
final class Json {
    /** Strings are as long as the body they came in, whose size the transport bounds: an image may be one string. */
    private static final StreamReadConstraints LONG_STRINGS =
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();

    private static final ObjectReader READER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LONG_STRINGS).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .reader();

    private Json() {}

    /** The object that the text is; empty if it is anything else, or an object with something after it. */
    static Optional<JsonNode> object(String text) {
        return read(text).filter(JsonNode::isObject);
    }

    /** Whether the text is one value of any type, with nothing after it. */
    static boolean isValue(String text) {
        return read(text).filter(value -> !value.isMissingNode()).isPresent();
    }

    /** An exponent beyond all bounds is told by an exception of its own. */
    private static Optional<JsonNode> read(String text) {
        try {
            return Optional.of(READER.readTree(text));
        } catch (JsonProcessingException | NumberFormatException notJson) {
            return Optional.empty();
        }
    }
}

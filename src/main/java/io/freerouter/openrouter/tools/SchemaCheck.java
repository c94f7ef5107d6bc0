package io.freerouter.openrouter.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * Checks a value against the part of <a href="https://json-schema.org/draft/2020-12/json-schema-validation">JSON Schema</a> that
 * tools use to say which arguments they need: {@code type}, {@code required}, {@code properties}, {@code additionalProperties} if it
 * is a schema, {@code items}, {@code enum}, {@code const}, {@code allOf}, {@code anyOf}, {@code oneOf}, {@code $ref} within the schema,
 * and OpenAPI's {@code nullable}. All other keywords allow every value. So a value that does not fit here fits no validator, except
 * that {@code oneOf} counts as {@code anyOf}.
 */
final class SchemaCheck {
    /** How deep schemas may refer to each other and values may be nested. What is deeper counts as fitting. */
    private static final int DEEPEST = 64;

    private static final String TYPE = "type";

    private final JsonNode root;

    /** @param schema the whole schema, within which references point; a missing node allows every value */
    SchemaCheck(JsonNode schema) {
        root = schema;
    }

    /** Whether the value fits. */
    boolean fits(JsonNode value) {
        return fits(value, root, 0);
    }

    private boolean fits(JsonNode value, JsonNode schema, int depth) {
        if (schema.isBoolean()) {
            return schema.booleanValue();
        }
        if (!schema.isObject()
                || depth > DEEPEST
                || value.isNull() && schema.path("nullable").asBoolean()) {
            return true;
        }
        return hasType(value, schema.path(TYPE))
                && isListed(value, schema)
                && fitsReferred(value, schema, depth)
                && fitsCombined(value, schema, depth)
                && (!value.isObject() || membersFit(value, schema, depth))
                && (!value.isArray() || elementsFit(value, schema.path("items"), depth));
    }

    private static boolean hasType(JsonNode value, JsonNode type) {
        if (type.isTextual()) {
            return hasType(value, type.textValue());
        }
        return !type.isArray() || type.isEmpty() || type.valueStream().anyMatch(one -> hasType(value, one.asText()));
    }

    /** A name that JSON Schema does not know allows every value. */
    private static boolean hasType(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case "number" -> value.isNumber();
            case "integer" -> value.isNumber() && isWhole(value);
            default -> true;
        };
    }

    /** By JSON Schema, 1.0 is an integer. A number with a huge exponent is not written out. */
    private static boolean isWhole(JsonNode number) {
        return number.isIntegralNumber()
                || number.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    private static boolean isListed(JsonNode value, JsonNode schema) {
        JsonNode list = schema.path("enum");
        boolean listed = !list.isArray() || list.valueStream().anyMatch(one -> isSame(value, one));
        return listed && (!schema.has("const") || isSame(value, schema.path("const")));
    }

    private static boolean isSame(JsonNode value, JsonNode other) {
        if (value.isNumber() && other.isNumber()) {
            BigDecimal number = value.decimalValue();
            return number.compareTo(other.decimalValue()) == 0;
        }
        return value.equals(other);
    }

    /** A reference that points nowhere, or outside of the schema, allows every value. */
    private boolean fitsReferred(JsonNode value, JsonNode schema, int depth) {
        String reference = schema.path("$ref").asText("");
        if (reference.equals("#")) {
            return fits(value, root, depth + 1);
        }
        return !reference.startsWith("#/") || fits(value, root.at(reference.substring(1)), depth + 1);
    }

    private boolean fitsCombined(JsonNode value, JsonNode schema, int depth) {
        JsonNode all = schema.path("allOf");
        return (!all.isArray() || all.valueStream().allMatch(one -> fits(value, one, depth + 1)))
                && fitsAny(value, schema.path("anyOf"), depth)
                && fitsAny(value, schema.path("oneOf"), depth);
    }

    private boolean fitsAny(JsonNode value, JsonNode schemas, int depth) {
        return !schemas.isArray()
                || schemas.isEmpty()
                || schemas.valueStream().anyMatch(one -> fits(value, one, depth + 1));
    }

    private boolean membersFit(JsonNode object, JsonNode schema, int depth) {
        for (JsonNode name : schema.path("required")) {
            if (name.isTextual() && !object.has(name.textValue())) {
                return false;
            }
        }
        JsonNode properties = schema.path("properties");
        JsonNode others = schema.path("additionalProperties");
        return object.properties().stream().allMatch(member -> {
            JsonNode own = properties.path(member.getKey());
            JsonNode expected = own.isMissingNode() && others.isObject() ? others : own;
            return fits(member.getValue(), expected, depth + 1);
        });
    }

    private boolean elementsFit(JsonNode array, JsonNode items, int depth) {
        return !items.isObject() || array.valueStream().allMatch(element -> fits(element, items, depth + 1));
    }
}

package io.freerouter.request;

import static io.freerouter.request.JsonType.ARRAY;
import static io.freerouter.request.JsonType.BOOLEAN;
import static io.freerouter.request.JsonType.FRACTION;
import static io.freerouter.request.JsonType.INTEGER;
import static io.freerouter.request.JsonType.OBJECT;
import static io.freerouter.request.JsonType.STRING;

import io.freerouter.request.patch.ElementRemoval;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which types of JSON a member of the body may have.
 *
 * @param words the types in words for error messages
 * @param types what its value may be
 * @param elements what the elements may be if it is an array; empty for anything
 * @param nullable whether null means the same as no member, as some clients write it
 */
public record FieldType(String words, Set<JsonType> types, Set<JsonType> elements, boolean nullable) {
    public static final FieldType INTEGER_OR_NULL = optional("an integer", INTEGER);
    public static final FieldType TEXT_OR_ARRAY = optional("a string or an array", STRING, ARRAY);
    public static final FieldType OBJECTS = new FieldType("an array of objects", Set.of(ARRAY), Set.of(OBJECT), true);
    /** For a member that every request must have. */
    public static final FieldType REQUIRED_OBJECTS =
            new FieldType("an array of objects", Set.of(ARRAY), Set.of(OBJECT), false);

    public static final FieldType REQUIRED_TEXT_OR_OBJECTS =
            new FieldType("a string or an array of objects", Set.of(STRING, ARRAY), Set.of(OBJECT), false);
    public static final FieldType REQUIRED_TEXT_OR_ARRAY =
            new FieldType("a string or an array", Set.of(STRING, ARRAY), Set.of(), false);

    private static final FieldType NUMBER = optional("a number", INTEGER, FRACTION);
    static final FieldType STRINGS = new FieldType("an array of strings", Set.of(ARRAY), Set.of(STRING), true);

    /** Only the members that mean the same for every model. The upstream checks all others. */
    private static final Map<String, FieldType> COMMON = Map.ofEntries(
            Map.entry("messages", REQUIRED_OBJECTS),
            Map.entry("model", optional("a string", STRING)),
            Map.entry("models", STRINGS),
            Map.entry("stream", optional("a boolean", BOOLEAN)),
            Map.entry("tools", OBJECTS),
            Map.entry("plugins", OBJECTS),
            Map.entry("provider", optional("an object", OBJECT)),
            Map.entry("max_tokens", INTEGER_OR_NULL),
            Map.entry("max_completion_tokens", INTEGER_OR_NULL),
            Map.entry("n", INTEGER_OR_NULL),
            Map.entry("seed", INTEGER_OR_NULL),
            Map.entry("temperature", NUMBER),
            Map.entry("top_p", NUMBER),
            Map.entry("presence_penalty", NUMBER),
            Map.entry("frequency_penalty", NUMBER),
            Map.entry("stop", TEXT_OR_ARRAY));

    private static final FieldType ANYTHING = new FieldType("anything", Set.of(JsonType.values()), Set.of(), true);

    public FieldType {
        types = Set.copyOf(types);
        elements = Set.copyOf(elements);
    }

    private static FieldType optional(String words, JsonType... types) {
        return new FieldType(words, Set.of(types), Set.of(), true);
    }

    /**
     * Refuses a member whose value has the wrong type.
     *
     * @param dialectsOwn the rules of the request's dialect
     */
    static void check(String field, JsonType found, Map<String, FieldType> dialectsOwn) {
        FieldType rule = dialectsOwn.getOrDefault(field, COMMON.getOrDefault(field, ANYTHING));
        boolean leftOut = rule.nullable && found == JsonType.NULL;
        if (!leftOut && !rule.types.contains(found)) {
            throw wrongType(field, rule.words, found);
        }
    }

    /**
     * Reads an array to its end, and refuses elements of the wrong type; a null in its place has no elements.
     *
     * @param stays reads one element to its end, and returns whether it stays in the request
     */
    public ElementRemoval readElements(String field, JsonCursor json, Predicate<JsonCursor> stays) {
        ElementRemoval all = new ElementRemoval();
        if (json.type() != ARRAY) {
            return all;
        }
        for (int i = 0; json.nextElement(); i++) {
            if (!elements.isEmpty() && !elements.contains(json.type())) {
                String expected = elements.iterator().next().words();
                throw wrongType(field + "[" + i + "]", expected, json.type());
            }
            int from = json.start();
            boolean keep = stays.test(json);
            all.part(from, json.end(), keep);
        }
        return all;
    }

    /** As {@link #readElements}, for elements that all stay; refuses an array without elements. */
    public void readAtLeastOne(String field, JsonCursor json, Consumer<JsonCursor> reader) {
        ElementRemoval all = readElements(field, json, element -> {
            reader.accept(element);
            return true;
        });
        if (!all.anyStays()) {
            throw InvalidRequestException.field(field, "empty_array", "'" + field + "' must not be empty.");
        }
    }

    private static InvalidRequestException wrongType(String param, String expected, JsonType found) {
        String message = "'" + param + "' must be " + expected + ", but was " + found.words() + ".";
        return InvalidRequestException.field(param, "invalid_type", message);
    }
}

package io.freerouter.wire;

import static io.freerouter.wire.JsonType.ARRAY;
import static io.freerouter.wire.JsonType.BOOLEAN;
import static io.freerouter.wire.JsonType.FRACTION;
import static io.freerouter.wire.JsonType.INTEGER;
import static io.freerouter.wire.JsonType.OBJECT;
import static io.freerouter.wire.JsonType.STRING;

import io.freerouter.engine.Dialect;
import java.util.Map;
import java.util.Set;

/**
 * What a field has to be.
 *
 * @param words the same for people
 * @param types what its value may be
 * @param elements what the elements may be if it is an array; empty for anything
 * @param nullable whether null stands for leaving it out, as some clients write it
 */
record FieldRule(String words, Set<JsonType> types, Set<JsonType> elements, boolean nullable) {
    private static final FieldRule TEXT = optional("a string", STRING);
    private static final FieldRule WHOLE = optional("an integer", INTEGER);
    private static final FieldRule NUMBER = optional("a number", INTEGER, FRACTION);
    private static final FieldRule OBJECTS = new FieldRule("an array of objects", Set.of(ARRAY), Set.of(OBJECT), true);

    /** Only what every model needs in the same way; the upstream knows the rest better. */
    private static final Map<String, FieldRule> RULES = Map.ofEntries(
            Map.entry("messages", new FieldRule("an array of objects", Set.of(ARRAY), Set.of(OBJECT), false)),
            Map.entry("model", TEXT),
            Map.entry("models", new FieldRule("an array of strings", Set.of(ARRAY), Set.of(STRING), true)),
            Map.entry("stream", optional("a boolean", BOOLEAN)),
            Map.entry("tools", OBJECTS),
            Map.entry("plugins", OBJECTS),
            Map.entry("provider", optional("an object", OBJECT)),
            Map.entry("max_tokens", WHOLE),
            Map.entry("max_completion_tokens", WHOLE),
            Map.entry("n", WHOLE),
            Map.entry("seed", WHOLE),
            Map.entry("temperature", NUMBER),
            Map.entry("top_p", NUMBER),
            Map.entry("presence_penalty", NUMBER),
            Map.entry("frequency_penalty", NUMBER),
            Map.entry("stop", optional("a string or an array", STRING, ARRAY)));

    private static final FieldRule INPUT =
            new FieldRule("a string or an array of objects", Set.of(STRING, ARRAY), Set.of(OBJECT), false);
    private static final FieldRule TEXTS =
            new FieldRule("a string or an array", Set.of(STRING, ARRAY), Set.of(), false);

    /** What only some dialects have; others pass such a field on as they do any that they do not know. */
    private static final Map<Dialect, Map<String, FieldRule>> OWN = Map.of(
            Dialect.COMPLETIONS, Map.of("prompt", TEXTS),
            Dialect.RESPONSES, Map.of("input", INPUT, "max_output_tokens", WHOLE),
            Dialect.MESSAGES, Map.of("system", optional("a string or an array", STRING, ARRAY)),
            Dialect.EMBEDDINGS, Map.of("input", TEXTS));

    private static final FieldRule ANYTHING = new FieldRule("anything", Set.of(JsonType.values()), Set.of(), true);

    FieldRule {
        types = Set.copyOf(types);
        elements = Set.copyOf(elements);
    }

    private static FieldRule optional(String words, JsonType... types) {
        return new FieldRule(words, Set.of(types), Set.of(), true);
    }

    private static FieldRule of(Dialect dialect, String field) {
        FieldRule common = RULES.getOrDefault(field, ANYTHING);
        return OWN.getOrDefault(dialect, Map.of()).getOrDefault(field, common);
    }

    /** Refuses a value of the wrong type. */
    static void check(Dialect dialect, String field, JsonType found) {
        FieldRule rule = of(dialect, field);
        boolean leftOut = rule.nullable && found == JsonType.NULL;
        if (!leftOut && !rule.types.contains(found)) {
            throw wrongType(field, rule.words, found);
        }
    }

    /** Refuses an element of the wrong type. */
    static void checkElement(String field, int index, JsonType found) {
        Set<JsonType> elements = (field.equals("input") ? INPUT : RULES.getOrDefault(field, ANYTHING)).elements;
        if (!elements.isEmpty() && !elements.contains(found)) {
            String expected = elements.iterator().next().words();
            throw wrongType(field + "[" + index + "]", expected, found);
        }
    }

    private static BadRequest wrongType(String param, String expected, JsonType found) {
        String message = "'" + param + "' must be " + expected + ", but was " + found.words() + ".";
        return BadRequest.field(param, "invalid_type", message);
    }
}

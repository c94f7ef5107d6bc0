package io.freerouter.wire;

import io.freerouter.catalog.Ability;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers what a request needs of a model while its body is read. A member given twice counts in full each time. */
final class TraitScan {
    /** By the type of a message's part. */
    private static final Map<String, Ability> PARTS =
            Map.of("image_url", Ability.IMAGES, "input_audio", Ability.AUDIO, "file", Ability.FILES);

    private static final Set<String> JSON_FORMATS = Set.of("json_object", "json_schema");

    private final Set<Ability> traits = EnumSet.noneOf(Ability.class);

    /** All that was found, with tools if there are any. */
    Set<Ability> all(boolean tools) {
        if (tools) {
            traits.add(Ability.TOOLS);
        }
        return Set.copyOf(traits);
    }

    /** Reads a member of the body to its end. */
    void member(String name, JsonCursor json) throws IOException {
        switch (name) {
            case "response_format" -> responseFormat(json);
            case "reasoning" -> addIf(json.type() == JsonType.OBJECT, Ability.REASONING);
            case "reasoning_effort" -> addIf(json.type() != JsonType.NULL, Ability.REASONING);
            default -> {}
        }
        json.skip();
    }

    private void responseFormat(JsonCursor json) throws IOException {
        if (json.type() == JsonType.OBJECT) {
            addIf(type(json).filter(JSON_FORMATS::contains).isPresent(), Ability.RESPONSE_FORMAT);
        }
    }

    /** Reads the messages, and keeps them all. */
    ElementReader messages() {
        return json -> {
            while (json.nextMember()) {
                if (json.name().equals("content") && json.type() == JsonType.ARRAY) {
                    parts(json);
                }
                json.skip();
            }
            return true;
        };
    }

    private void parts(JsonCursor json) throws IOException {
        while (json.nextElement()) {
            if (json.type() == JsonType.OBJECT) {
                type(json).map(PARTS::get).ifPresent(traits::add);
            }
            json.skip();
        }
    }

    /** The {@code type} of an object, which is read to its end; the last counts. */
    private static Optional<String> type(JsonCursor json) throws IOException {
        Optional<String> type = Optional.empty();
        while (json.nextMember()) {
            if (json.name().equals("type")) {
                type = json.text();
            }
            json.skip();
        }
        return type;
    }

    private void addIf(boolean found, Ability trait) {
        if (found) {
            traits.add(trait);
        }
    }
}

package io.freerouter.wire;

import io.freerouter.catalog.Ability;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Gathers what a request's own members, other than its messages and tools, ask of a model. One given twice counts in full
 * each time.
 */
final class AbilityScan {
    private static final Map<String, Ability> FORMATS =
            Map.of("json_object", Ability.RESPONSE_FORMAT, "json_schema", Ability.STRUCTURED_OUTPUTS);
    /** The effort that is none. */
    private static final String NONE = "none";

    private final Set<Ability> abilities = EnumSet.noneOf(Ability.class);

    /** Reads a member of the body. */
    void member(String name, JsonCursor json) throws IOException {
        boolean object = json.type() == JsonType.OBJECT;
        if (name.equals("response_format") && object) {
            responseFormat(json);
        } else if (name.equals("reasoning") && object) {
            reasoning(json);
        } else if (name.equals("reasoning_effort")) {
            effort(json);
        }
    }

    private void responseFormat(JsonCursor json) throws IOException {
        while (json.nextMember()) {
            if (json.name().equals("type")) {
                json.text().map(FORMATS::get).ifPresent(abilities::add);
            }
            json.skip();
        }
    }

    private void reasoning(JsonCursor json) throws IOException {
        boolean wanted = true;
        while (json.nextMember()) {
            switch (json.name()) {
                case "enabled" -> wanted &= !json.isFalse();
                case "effort" -> wanted &= !json.text().filter(NONE::equals).isPresent();
                default -> {}
            }
            json.skip();
        }
        addIf(wanted, Ability.REASONING);
    }

    private void effort(JsonCursor json) throws IOException {
        boolean wanted = json.type() != JsonType.NULL;
        addIf(wanted && !json.text().filter(NONE::equals).isPresent(), Ability.REASONING);
    }

    private void addIf(boolean found, Ability ability) {
        if (found) {
            abilities.add(ability);
        }
    }

    /** All that was found. */
    Set<Ability> abilities() {
        return abilities;
    }
}

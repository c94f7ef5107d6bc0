package io.freerouter.wire;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.Dialect;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Gathers what a request's own members, other than its messages and tools, ask of a model. One given twice counts in full
 * each time. Thinking is a need in chat completions only: agents ask for it in each request of the other dialects, whoever they
 * talk to, and models that cannot do it answer all the same.
 */
final class AbilityScan {
    private static final Map<String, Ability> FORMATS =
            Map.of("json_object", Ability.RESPONSE_FORMAT, "json_schema", Ability.STRUCTURED_OUTPUTS);
    /** The effort that is none. */
    private static final String NONE = "none";

    private final Dialect dialect;
    private final Set<Ability> abilities = EnumSet.noneOf(Ability.class);

    AbilityScan(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Reads a member of the body. */
    void member(String name, JsonCursor json) throws IOException {
        boolean object = json.type() == JsonType.OBJECT;
        switch (dialect) {
            case CHAT, COMPLETIONS -> chatMember(name, json, object);
            case RESPONSES -> format(object && name.equals("text"), json);
            case MESSAGES -> format(object && name.equals("output_config"), json);
            case EMBEDDINGS -> {}
        }
    }

    private void chatMember(String name, JsonCursor json, boolean object) throws IOException {
        if (name.equals("response_format") && object) {
            responseFormat(json);
        } else if (name.equals("reasoning") && object) {
            reasoning(json);
        } else if (name.equals("reasoning_effort")) {
            effort(json);
        }
    }

    /** Elsewhere the form of the answer is one thing among others that are said of it. */
    private void format(boolean here, JsonCursor json) throws IOException {
        while (here && json.nextMember()) {
            if (json.name().equals("format") && json.type() == JsonType.OBJECT) {
                responseFormat(json);
            }
            json.skip();
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

package io.freerouter.wire;

import io.freerouter.engine.Dialect;
import java.io.IOException;
import java.util.Map;

/**
 * What of OpenAI's responses needs an upstream that remembers: OpenRouter remembers nothing, and refuses it (<a
 * href="https://openrouter.ai/docs/api-reference/responses/overview">overview</a>). What cannot be answered without is refused
 * here, which costs no request; the wish to have the answer kept is taken out.
 */
final class Stateless {
    /** Members that name something remembered, with what to do instead. */
    private static final Map<String, String> NAMES = Map.of(
            "previous_response_id", "send the whole conversation as 'input'",
            "conversation", "send the whole conversation as 'input'",
            "prompt", "send the prompt itself as 'instructions' and 'input'");

    private static final String BACKGROUND = "background";

    private Stateless() {}

    /** Refuses a member that cannot work. */
    static void check(Dialect dialect, String name, JsonCursor json) throws IOException {
        if (dialect != Dialect.RESPONSES) {
            return;
        }
        if (NAMES.containsKey(name) && json.type() != JsonType.NULL) {
            throw refused(
                    name, "'" + name + "' must be left out: nothing is remembered here; " + NAMES.get(name) + ".");
        }
        if (name.equals(BACKGROUND) && json.isTrue()) {
            throw refused(name, "'" + name + "' must be false or left out: nothing is remembered here.");
        }
    }

    /** Refuses an item of the input that is not there but only named. */
    static void checkItem(boolean refers) {
        if (refers) {
            throw refused(
                    "input",
                    "'input' refers to an item by its id, but nothing is remembered here: send the item itself,"
                            + " as clients do with 'store: false'.");
        }
    }

    /** Whether {@code store} may stay as it is. Clients ask for it who never come back for what they had kept. */
    static boolean storeStays(Dialect dialect, JsonCursor json) throws IOException {
        return dialect != Dialect.RESPONSES || !json.isTrue();
    }

    private static BadRequest refused(String name, String message) {
        return BadRequest.field(name, "unsupported_parameter", message);
    }
}

package io.freerouter.wire;

import io.freerouter.engine.Dialect;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * What of OpenAI's responses needs an upstream that remembers: OpenRouter remembers nothing, and refuses it (<a
 * href="https://openrouter.ai/docs/api-reference/responses/overview">overview</a>). Refused here, it costs no request.
 */
final class Stateless {
    /** Members that name something remembered, with what to do instead. */
    private static final Map<String, String> NAMES = Map.of(
            "previous_response_id", "send the whole conversation as 'input'",
            "conversation", "send the whole conversation as 'input'",
            "prompt", "send the prompt itself as 'instructions' and 'input'");

    /** Members that ask to remember something. */
    private static final Set<String> SWITCHES = Set.of("store", "background");

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
        if (SWITCHES.contains(name) && json.isTrue()) {
            throw refused(name, "'" + name + "' must be false or left out: nothing is remembered here.");
        }
    }

    private static BadRequest refused(String name, String message) {
        return BadRequest.field(name, "unsupported_parameter", message);
    }
}

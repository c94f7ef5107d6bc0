package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The tool calls of one answer, put together from its chunks as OpenAI's clients do it: by the index of the choice and of
 * the call. The older {@code function_call} is one too. Beyond a bound nothing is kept, and nothing judged.
 */
final class ToolCalls {
    /** How many characters of names and arguments are kept: far above what any tool takes. */
    static final int MOST = 1 << 20;
    /** What a call costs to keep beside its text, in characters. */
    private static final int CALL = 64;

    private static final int FUNCTION_CALL = -1;

    private final Map<Place, ToolCall> calls = new HashMap<>();
    private int kept;

    /** @param call {@link #FUNCTION_CALL} for the older form */
    private record Place(int choice, int call) {}

    /** Adds what the choices of a chunk or of a whole answer call. */
    void add(JsonNode choices) {
        int position = 0;
        for (JsonNode choice : choices) {
            int index = choice.path("index").asInt(position++);
            add(index, choice.path("delta"));
            add(index, choice.path("message"));
        }
    }

    private void add(int choice, JsonNode message) {
        int position = 0;
        for (JsonNode call : message.path("tool_calls")) {
            int index = call.path("index").asInt(position++);
            add(new Place(choice, index), call.has("custom") ? call.path("custom") : call.path("function"));
        }
        if (message.path("function_call").isObject()) {
            add(new Place(choice, FUNCTION_CALL), message.path("function_call"));
        }
    }

    private void add(Place place, JsonNode fragment) {
        if (kept <= MOST) {
            ToolCall call = calls.computeIfAbsent(place, first -> new ToolCall());
            kept += call.add(fragment);
        }
        if (kept + calls.size() * CALL > MOST) {
            kept = MOST + 1;
            calls.clear();
        }
    }

    /** Whether a caller with these tools can use every call; any tool will do if there are none. */
    boolean areUsable(Set<String> tools) {
        return calls.values().stream().allMatch(call -> call.isUsable(tools));
    }
}

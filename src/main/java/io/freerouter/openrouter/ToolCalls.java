package io.freerouter.openrouter;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The tool calls of one answer, put together from their pieces. Beyond a bound nothing is kept, and nothing judged. */
final class ToolCalls {
    /** How many characters of names and arguments are kept: far above what any tool takes. */
    static final int MOST = 1 << 20;
    /** What a call costs to keep beside its text, in characters. */
    private static final int CALL = 64;

    private final Map<Place, ToolCall> calls = new HashMap<>();
    private int kept;

    private record Place(int choice, int call) {}

    /** Adds a piece of one of them. */
    void add(CallPiece piece) {
        if (kept <= MOST) {
            ToolCall call = calls.computeIfAbsent(new Place(piece.choice(), piece.call()), first -> new ToolCall());
            kept += call.add(piece);
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

package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** One call of a tool, put together from its fragments. */
final class ToolCall {
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();

    /** Adds a fragment; returns how many characters that were. A tool's name may come again with each. */
    int add(CallPiece piece) {
        String more = piece.name().asText("");
        if (!name.toString().equals(more)) {
            name.append(more);
        }
        String text = text(piece.arguments());
        arguments.append(text);
        return more.length() + text.length();
    }

    /** What is no text is taken as it is: some providers give the arguments as an object. */
    private static String text(JsonNode arguments) {
        return arguments.isContainerNode() ? arguments.toString() : arguments.asText("");
    }

    /** Whether it names one of the tools and has arguments in JSON; none at all are as good. */
    boolean isUsable(Set<String> tools) {
        boolean known = tools.isEmpty() ? !name.isEmpty() : tools.contains(name.toString());
        return known && (arguments.toString().isBlank() || Json.isValue(arguments.toString()));
    }
}

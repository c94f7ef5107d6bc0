package io.freerouter.dialect.chat;

import io.freerouter.dialect.ToolFormat.ToolChoice;
import java.util.Set;

/** The words by which OpenAI's dialects choose tools. */
public final class OpenAiToolChoice {
    private OpenAiToolChoice() {}

    /**
     * What a word means.
     *
     * @param word {@code none}, {@code auto} or {@code required}; some clients write Anthropic's {@code any} for the last
     * @param names the only tools that may be called; empty for all
     */
    public static ToolChoice word(String word, Set<String> names) {
        return switch (word) {
            case "none" -> ToolChoice.NONE;
            case "required", "any" -> new ToolChoice(true, true, names);
            default -> new ToolChoice(true, false, names);
        };
    }
}

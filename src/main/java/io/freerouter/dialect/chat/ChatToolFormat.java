package io.freerouter.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.dialect.AnswerFormat;
import io.freerouter.dialect.CallRescue;
import io.freerouter.dialect.ToolFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tools of <a href="https://platform.openai.com/docs/guides/function-calling">chat completions</a>. */
public final class ChatToolFormat implements ToolFormat {
    private static final CallRescue RESCUE = new ChatCallRescue();
    private static final Set<String> REASONS = Set.of("tool_calls", "function_call");
    private static final List<String> MESSAGES = List.of("delta", "message");
    private static final String FUNCTION = "function";
    private static final String CUSTOM = "custom";
    private static final String NAME = "name";
    private static final String ARGUMENTS = "arguments";
    private static final String TOOL_CALLS = "tool_calls";

    @Override
    public Optional<DeclaredTool> tool(JsonNode declaration) {
        boolean custom = declaration.path(CUSTOM).isObject();
        JsonNode tool = declaration.path(custom ? CUSTOM : FUNCTION);
        return Optional.of(tool.path(NAME))
                .filter(JsonNode::isTextual)
                .map(name -> new DeclaredTool(name.asText(), tool.path("parameters"), custom));
    }

    /** A word, a tool, or a list of allowed tools with a word. */
    @Override
    public ToolChoice choice(JsonNode choice) {
        if (choice.isTextual()) {
            return OpenAiToolChoice.word(choice.asText(), Set.of());
        }
        JsonNode allowed = choice.path("allowed_tools");
        if (allowed.isObject()) {
            return OpenAiToolChoice.word(allowed.path("mode").asText(), names(allowed.path("tools")));
        }
        return name(choice).map(ToolChoice::of).orElse(ToolChoice.AUTO);
    }

    private static Set<String> names(JsonNode tools) {
        return AnswerFormat.elements(tools).flatMap(tool -> name(tool).stream()).collect(Collectors.toSet());
    }

    private static Optional<String> name(JsonNode tool) {
        return Stream.of(tool.path(FUNCTION).path(NAME), tool.path(CUSTOM).path(NAME))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst();
    }

    @Override
    public boolean calls(JsonNode json) {
        for (JsonNode choice : json.path("choices")) {
            for (String place : MESSAGES) {
                JsonNode message = choice.path(place);
                if (!message.path(TOOL_CALLS).isEmpty()
                        || message.path("function_call").isObject()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public CallRescue rescue() {
        return RESCUE;
    }

    @Override
    public Set<String> callReasons() {
        return REASONS;
    }

    @Override
    public void repair(ObjectNode json, Repairs repairs) {
        int position = 0;
        for (JsonNode choice : json.path("choices")) {
            int answer = ChatAnswerFormat.index(choice, position++);
            repair(answer, choice.path("delta").path(TOOL_CALLS), false, repairs);
            repair(answer, choice.path("message").path(TOOL_CALLS), true, repairs);
        }
    }

    private static void repair(int answer, JsonNode calls, boolean whole, Repairs repairs) {
        int position = 0;
        for (JsonNode call : calls) {
            Optional<Repair> repair = repairs.of(answer, ChatAnswerFormat.index(call, position++));
            if (repair.isPresent() && call.path(FUNCTION) instanceof ObjectNode function) {
                function.put(
                        ARGUMENTS, whole ? repair.get().whole() : repair.get().piece());
            }
        }
    }
}

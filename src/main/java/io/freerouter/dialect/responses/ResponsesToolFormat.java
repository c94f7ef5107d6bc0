package io.freerouter.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.dialect.AnswerFormat;
import io.freerouter.dialect.CallRescue;
import io.freerouter.dialect.ToolFormat;
import io.freerouter.dialect.chat.OpenAiToolChoice;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tools of OpenAI's <a href="https://platform.openai.com/docs/api-reference/responses/create">responses</a>. */
public final class ResponsesToolFormat implements ToolFormat {
    private static final CallRescue RESCUE = new ResponsesCallRescue();
    private static final String TYPE = "type";
    private static final String NAME = "name";
    private static final String ITEM = "item";
    private static final String INDEX = "output_index";
    private static final String OUTPUT = "output";
    private static final String ARGUMENTS = "arguments";
    private static final String CALL = "function_call";
    private static final String ARGUMENTS_EVENT = "response.function_call_arguments.";
    private static final String INPUT_EVENT = "response.custom_tool_call_input.";
    private static final String CUSTOM = "custom";

    /** Agents' own tools, such as {@code local_shell}, have no name. */
    @Override
    public Optional<DeclaredTool> tool(JsonNode declaration) {
        boolean custom = declaration.path(TYPE).asText().equals(CUSTOM);
        return Optional.of(declaration.path(NAME))
                .filter(JsonNode::isTextual)
                .map(name -> new DeclaredTool(name.asText(), declaration.path("parameters"), custom));
    }

    @Override
    public ToolChoice choice(JsonNode choice) {
        if (choice.isTextual()) {
            return OpenAiToolChoice.word(choice.asText(), Set.of());
        }
        if (choice.path(TYPE).asText().equals("allowed_tools")) {
            return OpenAiToolChoice.word(choice.path("mode").asText(), names(choice.path("tools")));
        }
        return choice.path(NAME).isTextual() ? ToolChoice.of(choice.path(NAME).asText()) : ToolChoice.AUTO;
    }

    private static Set<String> names(JsonNode tools) {
        return AnswerFormat.elements(tools)
                .map(tool -> tool.path(NAME))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    @Override
    public boolean calls(JsonNode json) {
        String type = json.path(TYPE).asText();
        return type.startsWith(ARGUMENTS_EVENT)
                || type.startsWith(INPUT_EVENT)
                || ResponsesAnswerFormat.isCall(json.path(ITEM));
    }

    @Override
    public CallRescue rescue() {
        return RESCUE;
    }

    /** A response has no reason to stop by which it would promise a call. */
    @Override
    public Set<String> callReasons() {
        return Set.of();
    }

    /** A call is in a stream in pieces, whole in two events of its own, and whole again in the response. */
    @Override
    public void repair(ObjectNode json, Repairs repairs) {
        Optional<Repair> repair = repairs.of(0, json.path(INDEX).asInt());
        String type = json.path(TYPE).asText();
        if (repair.isPresent() && type.equals(ARGUMENTS_EVENT + "delta")) {
            json.put("delta", repair.get().piece());
        } else if (repair.isPresent() && type.equals(ARGUMENTS_EVENT + "done")) {
            json.put(ARGUMENTS, repair.get().whole());
        } else if (repair.isPresent() && type.equals("response.output_item.done")) {
            repair(json.path(ITEM), repair.get());
        }
        output(json.path(OUTPUT), repairs);
        output(json.path("response").path(OUTPUT), repairs);
    }

    private static void output(JsonNode output, Repairs repairs) {
        int position = 0;
        for (JsonNode item : output) {
            repairs.of(0, position++).ifPresent(repair -> repair(item, repair));
        }
    }

    private static void repair(JsonNode item, Repair repair) {
        if (item.path(TYPE).asText().equals(CALL)) {
            ((ObjectNode) item).put(ARGUMENTS, repair.whole());
        }
    }
}

package io.freerouter.dialect.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.freerouter.dialect.CallRescue;
import io.freerouter.dialect.ToolFormat;
import java.util.Optional;
import java.util.Set;

/** Tools of Anthropic's <a href="https://docs.anthropic.com/en/docs/build-with-claude/tool-use">messages</a>. */
public final class AnthropicToolFormat implements ToolFormat {
    private static final CallRescue RESCUE = new AnthropicCallRescue();
    private static final Set<String> REASONS = Set.of("tool_use");
    private static final String TYPE = "type";
    private static final String CALL = "tool_use";
    private static final String NAME = "name";
    private static final String INPUT = "input";
    private static final String PIECE = "partial_json";
    private static final String BLOCK = "content_block";

    /** A tool that Anthropic defines has a type and no schema. */
    @Override
    public Optional<DeclaredTool> tool(JsonNode declaration) {
        return Optional.of(declaration.path(NAME))
                .filter(JsonNode::isTextual)
                .map(name -> new DeclaredTool(name.asText(), declaration.path("input_schema"), false));
    }

    @Override
    public ToolChoice choice(JsonNode choice) {
        return switch (choice.path(TYPE).asText()) {
            case "none" -> ToolChoice.NONE;
            case "any" -> ToolChoice.ANY;
            case "tool" ->
                choice.path(NAME).isTextual() ? ToolChoice.of(choice.path(NAME).asText()) : ToolChoice.ANY;
            default -> ToolChoice.AUTO;
        };
    }

    @Override
    public boolean calls(JsonNode json) {
        return isCall(json.path(BLOCK)) || json.path("delta").path(PIECE).isTextual();
    }

    private static boolean isCall(JsonNode block) {
        return block.path(TYPE).asText().equals(CALL);
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
    public boolean allowsNoArguments() {
        return true;
    }

    @Override
    public boolean hasObjects() {
        return true;
    }

    /** The block that begins a call keeps the place of its input; the first piece brings all of it. */
    @Override
    public void repair(ObjectNode json, Repairs repairs) {
        Optional<Repair> begun = repairs.of(0, json.path("index").asInt());
        if (begun.isPresent() && json.path("delta").path(PIECE).isTextual()) {
            ((ObjectNode) json.path("delta")).put(PIECE, begun.get().piece());
        }
        if (begun.isPresent() && isCall(json.path(BLOCK))) {
            ((ObjectNode) json.path(BLOCK)).putObject(INPUT);
        }
        int call = 0;
        for (JsonNode block : json.path("content")) {
            if (isCall(block)) {
                Optional<Repair> whole = repairs.of(0, call++);
                whole.ifPresent(repair -> ((ObjectNode) block).putRawValue(INPUT, new RawValue(repair.whole())));
            }
        }
    }
}

package io.freerouter.dialect.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.freerouter.dialect.AnswerFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Anthropic's <a href="https://docs.anthropic.com/en/docs/build-with-claude/streaming">messages</a>. */
public final class AnthropicAnswerFormat implements AnswerFormat {
    private static final String TYPE = "type";
    private static final String ERROR = "error";
    private static final String CONTENT = "content";
    /** How the types of blocks end in which a model calls something. */
    private static final String CALL = "tool_use";
    /** What a block or a part of one says: words, thoughts, hidden thoughts, a call's arguments. */
    private static final List<String> SAID = List.of("text", "thinking", "data", "partial_json");

    private static final String STOP_REASON = "stop_reason";
    private static final Set<String> LIMITS = Set.of("max_tokens", "model_context_window_exceeded");

    private static final Set<String> NOTABLE =
            Set.of(ERROR, CONTENT, STOP_REASON, "message", "content_block", "partial_json", "usage");
    private static final Set<String> PLAIN_TYPES =
            Set.of("content_block_delta", "text_delta", "thinking_delta", "signature_delta", "ping");

    @Override
    public Stream<JsonNode> errors(JsonNode json) {
        return Stream.of(json.path(ERROR));
    }

    @Override
    public boolean failsSilently(JsonNode json) {
        return json.path(TYPE).asText().equals(ERROR);
    }

    /** Clients know errors by the event's name. */
    @Override
    public boolean showsError(String eventName, JsonNode json) {
        return eventName.equals(ERROR) && json.path(ERROR).isObject();
    }

    @Override
    public boolean speaks(JsonNode json) {
        Stream<JsonNode> whole = AnswerFormat.elements(json.path(CONTENT));
        Stream<JsonNode> begun = AnswerFormat.elements(json.path("message").path(CONTENT));
        Stream<JsonNode> part = Stream.of(json.path("content_block"), json.path("delta"));
        return Stream.of(whole, begun, part).flatMap(blocks -> blocks).anyMatch(AnthropicAnswerFormat::says);
    }

    private static boolean says(JsonNode block) {
        return isCall(block) || SAID.stream().anyMatch(name -> AnswerFormat.filled(block.path(name)));
    }

    private static boolean isCall(JsonNode block) {
        return block.path(TYPE).asText().endsWith(CALL);
    }

    /** The reason is in the last {@code message_delta}, or in the message itself where it came whole. */
    @Override
    public Stream<Ending> endings(JsonNode json) {
        return Stream.of(json.path("delta"), json)
                .map(place -> place.path(STOP_REASON).asText(""))
                .filter(reason -> !reason.isBlank())
                .map(reason -> new Ending(0, LIMITS.contains(reason), reason))
                .limit(1);
    }

    @Override
    public boolean ends(JsonNode json) {
        return json.path(TYPE).asText().equals("message_stop");
    }

    @Override
    public Stream<CallPiece> calls(JsonNode json) {
        int index = json.path("index").asInt();
        JsonNode block = json.path("content_block");
        JsonNode more = json.path("delta").path("partial_json");
        Stream<CallPiece> begun = block.path(TYPE).asText().equals(CALL) ? Stream.of(call(index, block)) : Stream.of();
        Stream<CallPiece> part = more.isTextual()
                ? Stream.of(new CallPiece(0, index, MissingNode.getInstance(), MissingNode.getInstance(), more))
                : Stream.of();
        return Stream.of(begun, part, whole(json.path(CONTENT))).flatMap(pieces -> pieces);
    }

    private static Stream<CallPiece> whole(JsonNode content) {
        List<CallPiece> calls = new ArrayList<>();
        for (JsonNode block : content) {
            if (block.path(TYPE).asText().equals(CALL)) {
                calls.add(call(calls.size(), block));
            }
        }
        return calls.stream();
    }

    /** An empty input only holds the place of what is to come. An input that is no object is kept as JSON, which shows it. */
    private static CallPiece call(int index, JsonNode block) {
        JsonNode input = block.path("input");
        JsonNode arguments = input.isValueNode() && AnswerFormat.filled(input)
                ? TextNode.valueOf(input.toString())
                : input.isEmpty() ? MissingNode.getInstance() : input;
        return new CallPiece(0, index, block.path("id"), block.path("name"), arguments);
    }

    @Override
    public Set<String> notableMembers() {
        return NOTABLE;
    }

    @Override
    public Set<String> textTypes() {
        return PLAIN_TYPES;
    }
}

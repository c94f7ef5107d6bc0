package io.freerouter.dialect.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.freerouter.dialect.AnswerFormat;
import io.freerouter.dialect.CallRescue;
import io.freerouter.reply.StreamFormat;
import java.util.Optional;

/** Calls in the last text of a message become {@code tool_use} blocks after it. */
public final class AnthropicCallRescue implements CallRescue {
    private static final String TYPE = "type";
    private static final String TEXT = "text";
    private static final String DELTA = "delta";
    private static final String INDEX = "index";
    private static final String CONTENT = "content";
    private static final String CALL = "tool_use";
    private static final String STOP_REASON = "stop_reason";

    @Override
    public Optional<String> said(JsonNode event) {
        return ofBlock(event.path(DELTA))
                .filter(text -> event.path(DELTA).path(TYPE).asText().equals("text_delta"));
    }

    private static Optional<String> ofBlock(JsonNode block) {
        return Optional.of(block.path(TEXT))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isEmpty());
    }

    @Override
    public Optional<String> text(JsonNode answer) {
        JsonNode content = answer.path(CONTENT);
        return ofBlock(content.path(content.size() - 1));
    }

    @Override
    public EventRewriter rewriter(Rescued rescued) {
        return new EventRewriter() {
            private int block = -1;
            private boolean said;
            private boolean called;

            @Override
            public String rewrite(ObjectNode event) {
                if (said(event).isPresent()) {
                    block = event.path(INDEX).asInt();
                    boolean first = !said && !rescued.rest().isEmpty();
                    said = true;
                    return first ? rest(event) : "";
                }
                String type = event.path(TYPE).asText();
                if (type.equals("content_block_stop") && event.path(INDEX).asInt() == block) {
                    return event(event) + calls();
                }
                if (type.equals("message_delta")) {
                    ((ObjectNode) event.path(DELTA)).put(STOP_REASON, CALL);
                    return calls() + event(event);
                }
                if (called && event.path(INDEX).asInt(-1) > block) {
                    event.put(INDEX, event.path(INDEX).asInt() + rescued.calls().size());
                }
                return event(event);
            }

            private String rest(ObjectNode event) {
                ((ObjectNode) event.path(DELTA)).put(TEXT, rescued.rest());
                return event(event);
            }

            private String calls() {
                if (called) {
                    return "";
                }
                called = true;
                StringBuilder events = new StringBuilder();
                int index = block;
                for (NewCall call : rescued.calls()) {
                    index++;
                    ObjectNode begun = of("content_block_start", index);
                    begun.putObject("content_block")
                            .put(TYPE, CALL)
                            .put("id", call.id())
                            .put("name", call.name())
                            .putObject("input");
                    ObjectNode input = of("content_block_delta", index);
                    input.putObject(DELTA).put(TYPE, "input_json_delta").put("partial_json", call.arguments());
                    events.append(event(begun)).append(event(input)).append(event(of("content_block_stop", index)));
                }
                return events.toString();
            }
        };
    }

    private static ObjectNode of(String type, int index) {
        return JsonNodeFactory.instance.objectNode().put(TYPE, type).put(INDEX, index);
    }

    private static String event(ObjectNode event) {
        return StreamFormat.event(event.path(TYPE).asText(), event.toString());
    }

    @Override
    public void rewrite(ObjectNode answer, Rescued rescued) {
        ArrayNode content = (ArrayNode) answer.path(CONTENT);
        if (rescued.all().isEmpty()) {
            content.remove(content.size() - 1);
        } else {
            ((ObjectNode) content.path(content.size() - 1)).put(TEXT, rescued.all());
        }
        rescued.calls().forEach(call -> content.addObject()
                .put(TYPE, CALL)
                .put("id", call.id())
                .put("name", call.name())
                .putRawValue("input", new RawValue(call.arguments())));
        if (AnswerFormat.filled(answer.path(STOP_REASON))) {
            answer.put(STOP_REASON, CALL);
        }
    }

    @Override
    public String idPrefix() {
        return "toolu_";
    }
}

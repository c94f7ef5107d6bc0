package io.freerouter.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.dialect.AnswerFormat;
import io.freerouter.dialect.CallRescue;
import io.freerouter.reply.StreamFormat;
import java.util.Optional;

/** Calls in the text of a chat completion become its {@code tool_calls}. */
public final class ChatCallRescue implements CallRescue {
    private static final String CHOICES = "choices";
    private static final String DELTA = "delta";
    private static final String MESSAGE = "message";
    private static final String CONTENT = "content";
    private static final String FINISH_REASON = "finish_reason";
    private static final String CALLS = "tool_calls";

    @Override
    public Optional<String> said(JsonNode event) {
        return ofMessage(event.path(CHOICES).path(0).path(DELTA)).filter(text -> !text.isEmpty());
    }

    @Override
    public Optional<String> text(JsonNode answer) {
        JsonNode choices = answer.path(CHOICES);
        return choices.size() == 1 ? ofMessage(choices.path(0).path(MESSAGE)) : Optional.empty();
    }

    private static Optional<String> ofMessage(JsonNode message) {
        return Optional.of(message.path(CONTENT)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    @Override
    public EventRewriter rewriter(Rescued rescued) {
        return new EventRewriter() {
            private boolean called;

            @Override
            public String rewrite(ObjectNode event) {
                if (!(event.path(CHOICES).path(0) instanceof ObjectNode choice)) {
                    return StreamFormat.data(event.toString());
                }
                boolean says = ofMessage(choice.path(DELTA))
                        .filter(text -> !text.isEmpty())
                        .isPresent();
                String calls = says && !called ? calls(event) : "";
                called |= says;
                boolean ends = AnswerFormat.filled(choice.path(FINISH_REASON));
                if (says && !ends && !event.path("usage").isObject()) {
                    return calls;
                }
                if (says) {
                    ((ObjectNode) choice.path(DELTA)).put(CONTENT, "");
                }
                finish(choice);
                return calls + StreamFormat.data(event.toString());
            }

            private String calls(ObjectNode event) {
                ObjectNode chunk = event.deepCopy();
                ObjectNode choice = (ObjectNode) chunk.path(CHOICES).path(0);
                choice.putNull(FINISH_REASON);
                chunk.remove("usage");
                StringBuilder events = new StringBuilder();
                if (!rescued.rest().isEmpty()) {
                    choice.putObject(DELTA).put("role", "assistant").put(CONTENT, rescued.rest());
                    events.append(StreamFormat.data(chunk.toString()));
                }
                for (int index = 0; index < rescued.calls().size(); index++) {
                    ObjectNode call = choice.putObject(DELTA)
                            .put("role", "assistant")
                            .putNull(CONTENT)
                            .putArray(CALLS)
                            .addObject()
                            .put("index", index);
                    put(call, rescued.calls().get(index));
                    events.append(StreamFormat.data(chunk.toString()));
                }
                return events.toString();
            }
        };
    }

    private static void put(ObjectNode node, NewCall call) {
        node.put("id", call.id())
                .put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", call.arguments());
    }

    private static void finish(ObjectNode choice) {
        if (AnswerFormat.filled(choice.path(FINISH_REASON))) {
            choice.put(FINISH_REASON, CALLS);
        }
    }

    @Override
    public void rewrite(ObjectNode answer, Rescued rescued) {
        ObjectNode choice = (ObjectNode) answer.path(CHOICES).path(0);
        ObjectNode message = (ObjectNode) choice.path(MESSAGE);
        if (rescued.all().isEmpty()) {
            message.putNull(CONTENT);
        } else {
            message.put(CONTENT, rescued.all());
        }
        var calls = message.putArray(CALLS);
        rescued.calls().forEach(call -> put(calls.addObject(), call));
        finish(choice);
    }

    @Override
    public String idPrefix() {
        return "call_";
    }
}

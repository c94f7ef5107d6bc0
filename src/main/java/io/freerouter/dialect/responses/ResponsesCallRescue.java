package io.freerouter.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.dialect.CallRescue;
import io.freerouter.reply.StreamFormat;
import java.util.Optional;

/** Calls in the text of a response's last message become {@code function_call} items after it. */
public final class ResponsesCallRescue implements CallRescue {
    private static final String TYPE = "type";
    private static final String TEXT = "text";
    private static final String ITEM = "item";
    private static final String OUTPUT = "output";
    private static final String OUTPUT_INDEX = "output_index";
    private static final String RESPONSE = "response";
    private static final String SEQUENCE = "sequence_number";
    private static final String MESSAGE = "message";
    private static final String CONTENT = "content";
    private static final String PART_TYPE = "output_text";
    private static final String TEXT_EVENT = "response.output_text.";
    private static final String ARGUMENTS_EVENT = "response.function_call_arguments.";

    @Override
    public Optional<String> said(JsonNode event) {
        boolean text = event.path(TYPE).asText().equals(TEXT_EVENT + "delta");
        return text ? filled(event.path("delta")) : Optional.empty();
    }

    private static Optional<String> filled(JsonNode text) {
        return Optional.of(text)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(said -> !said.isEmpty());
    }

    @Override
    public Optional<String> text(JsonNode answer) {
        return lastText(answer.path(OUTPUT)).flatMap(part -> filled(part.path(TEXT)));
    }

    /** The only part of the last item, if that is a message of one text. */
    private static Optional<ObjectNode> lastText(JsonNode output) {
        JsonNode item = output.path(output.size() - 1);
        return item.path(TYPE).asText().equals(MESSAGE) ? onlyText(item) : Optional.empty();
    }

    private static Optional<ObjectNode> onlyText(JsonNode message) {
        JsonNode content = message.path(CONTENT);
        return content.size() == 1
                        && content.path(0).path(TYPE).asText().equals(PART_TYPE)
                        && content.path(0) instanceof ObjectNode part
                ? Optional.of(part)
                : Optional.empty();
    }

    @Override
    public EventRewriter rewriter(Rescued rescued) {
        return new Rewriter(rescued);
    }

    private static final class Rewriter implements EventRewriter {
        private final Rescued rescued;
        private long next = -1;
        private int item = -1;
        private boolean said;
        private boolean called;

        Rewriter(Rescued rescued) {
            this.rescued = rescued;
        }

        @Override
        public String rewrite(ObjectNode event) {
            if (next < 0) {
                next = event.path(SEQUENCE).asLong();
            }
            String type = event.path(TYPE).asText();
            int index = event.path(OUTPUT_INDEX).asInt(-1);
            if (type.equals(TEXT_EVENT + "delta")) {
                boolean first = !said && !rescued.rest().isEmpty();
                said = true;
                item = index;
                return first ? numbered(event.put("delta", rescued.rest())) : "";
            }
            if (index == item && type.equals(TEXT_EVENT + "done")) {
                event.put(TEXT, rescued.all());
            } else if (index == item && type.equals("response.content_part.done")) {
                ((ObjectNode) event.path("part")).put(TEXT, rescued.all());
            } else if (index == item && type.equals("response.output_item.done")) {
                onlyText(event.path(ITEM)).ifPresent(part -> part.put(TEXT, rescued.all()));
                return numbered(event) + calls();
            } else if (event.path(RESPONSE).path(OUTPUT) instanceof ArrayNode output && !output.isEmpty()) {
                String calls = calls();
                addTo(output, rescued);
                return calls + numbered(event);
            } else if (index > item && called) {
                event.put(OUTPUT_INDEX, index + rescued.calls().size());
            }
            return numbered(event);
        }

        private String calls() {
            if (called) {
                return "";
            }
            called = true;
            StringBuilder events = new StringBuilder();
            int index = item;
            for (NewCall call : rescued.calls()) {
                index++;
                ObjectNode added = of("response.output_item.added", index);
                added.set(ITEM, item(call, "in_progress", ""));
                ObjectNode delta = of(ARGUMENTS_EVENT + "delta", index)
                        .put("item_id", itemId(call))
                        .put("delta", call.arguments());
                ObjectNode all = of(ARGUMENTS_EVENT + "done", index)
                        .put("item_id", itemId(call))
                        .put("name", call.name())
                        .put("arguments", call.arguments());
                ObjectNode done = of("response.output_item.done", index);
                done.set(ITEM, item(call, "completed", call.arguments()));
                events.append(numbered(added))
                        .append(numbered(delta))
                        .append(numbered(all))
                        .append(numbered(done));
            }
            return events.toString();
        }

        private String numbered(ObjectNode event) {
            event.put(SEQUENCE, next++);
            return StreamFormat.event(event.path(TYPE).asText(), event.toString());
        }

        private static ObjectNode of(String type, int index) {
            return JsonNodeFactory.instance.objectNode().put(TYPE, type).put(OUTPUT_INDEX, index);
        }
    }

    private static String itemId(NewCall call) {
        return "fc_" + call.id();
    }

    private static ObjectNode item(NewCall call, String status, String arguments) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", itemId(call))
                .put("status", status)
                .put(TYPE, "function_call")
                .put("call_id", call.id())
                .put("name", call.name())
                .put("arguments", arguments);
    }

    private static void addTo(ArrayNode output, Rescued rescued) {
        lastText(output).ifPresent(part -> part.put(TEXT, rescued.all()));
        rescued.calls().forEach(call -> output.add(item(call, "completed", call.arguments())));
    }

    @Override
    public void rewrite(ObjectNode answer, Rescued rescued) {
        addTo((ArrayNode) answer.path(OUTPUT), rescued);
    }

    @Override
    public String idPrefix() {
        return "call_";
    }
}

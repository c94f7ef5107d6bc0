package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** Anthropic's messages (https://docs.anthropic.com/en/docs/build-with-claude/streaming). */
final class MessagesSpeech implements Speech {
    private static final String TYPE = "type";

    private final Shapes shapes;
    private int deltas;
    private int blocks;
    private String open = "";

    MessagesSpeech(Shapes shapes) {
        this.shapes = shapes;
    }

    @Override
    public String delta(JsonObject delta) {
        String begun = deltas++ == 0 ? start() : "";
        String thought = said(delta.getString("reasoning"), Blocks.thinking(""), "thinking_delta", "thinking");
        String text = said(delta.getString("content"), Blocks.text(""), "text_delta", "text");
        return begun + thought + text + calls(delta.getJsonArray("tool_calls", new JsonArray()));
    }

    private String start() {
        JsonObject message = Blocks.message(shapes, new JsonArray(), null, 0);
        return event("message_start", new JsonObject().put("message", message));
    }

    private String said(String text, JsonObject block, String deltaType, String member) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String begun = open.equals(block.getString(TYPE)) ? "" : begin(block);
        return begun + more(new JsonObject().put(TYPE, deltaType).put(member, text));
    }

    private String calls(JsonArray calls) {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < calls.size(); i++) {
            JsonObject call = calls.getJsonObject(i);
            JsonObject function = call.getJsonObject("function");
            if (call.containsKey("id")) {
                events.append(begin(Blocks.call(call, new JsonObject())));
            }
            String arguments = Objects.requireNonNullElse(function.getString("arguments"), "");
            if (!arguments.isEmpty()) {
                events.append(
                        more(new JsonObject().put(TYPE, "input_json_delta").put("partial_json", arguments)));
            }
        }
        return events.toString();
    }

    private String begin(JsonObject block) {
        String closed = close();
        open = block.getString(TYPE);
        return closed + event("content_block_start", indexed().put("content_block", block));
    }

    private String more(JsonObject delta) {
        return event("content_block_delta", indexed().put("delta", delta));
    }

    private String close() {
        String closed = open.isEmpty() ? "" : event("content_block_stop", indexed());
        blocks += open.isEmpty() ? 0 : 1;
        open = "";
        return closed;
    }

    private JsonObject indexed() {
        return new JsonObject().put("index", blocks);
    }

    @Override
    public String finish(String reason) {
        JsonObject delta =
                new JsonObject().put("stop_reason", Blocks.stopReason(reason)).putNull("stop_sequence");
        JsonObject usage = new JsonObject().put("output_tokens", deltas).put("cost", 0);
        return close()
                + event("message_delta", new JsonObject().put("delta", delta).put("usage", usage));
    }

    /** Nothing: it has been told with the reason to finish. */
    @Override
    public String usage() {
        return "";
    }

    @Override
    public String done() {
        return event("message_stop", new JsonObject());
    }

    @Override
    public String error(int code, String message) {
        return Sse.named(Blocks.error(code, message));
    }

    @Override
    public JsonObject whole(Message message, String finish) {
        JsonArray content = Blocks.content(message.toJson());
        return Blocks.message(shapes, content, Blocks.stopReason(finish), message.deltas());
    }

    @Override
    public JsonObject failed(Message message, JsonObject error) {
        return Blocks.error(error.getInteger("code"), error.getString("message"));
    }

    @Override
    public String refusal(int status, String body) {
        return Errors.message(body)
                .map(message -> Blocks.error(status, message).encode())
                .orElse(body);
    }

    private static String event(String type, JsonObject members) {
        return Sse.named(new JsonObject().put(TYPE, type).mergeIn(members));
    }
}

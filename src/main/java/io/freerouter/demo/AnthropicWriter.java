package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** Anthropic's messages (https://docs.anthropic.com/en/docs/build-with-claude/streaming). */
final class AnthropicWriter implements DialectWriter {
    private static final String TYPE = "type";

    private final AnswerJson json;
    private int deltas;
    private int blocks;
    private String open = "";

    AnthropicWriter(AnswerJson json) {
        this.json = json;
    }

    @Override
    public String delta(JsonObject delta) {
        String begun = deltas++ == 0 ? start() : "";
        String thought = said(delta.getString("reasoning"), thinking(""), "thinking_delta", "thinking");
        String text = said(delta.getString("content"), text(""), "text_delta", "text");
        return begun + thought + text + calls(delta.getJsonArray("tool_calls", new JsonArray()));
    }

    private String start() {
        JsonObject message = message(json, new JsonArray(), null, 0);
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
                events.append(begin(call(call, new JsonObject())));
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
                new JsonObject().put("stop_reason", stopReason(reason)).putNull("stop_sequence");
        JsonObject usage = new JsonObject().put("output_tokens", deltas).put("cost", 0);
        return close()
                + event("message_delta", new JsonObject().put("delta", delta).put("usage", usage));
    }

    /** Nothing: {@link #finish} reports the usage. */
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
        return DialectWriter.named(errorBody(code, message));
    }

    @Override
    public JsonObject whole(Message message, String finish) {
        JsonArray content = content(message.toJson());
        return message(json, content, stopReason(finish), message.deltas());
    }

    @Override
    public JsonObject failed(Message message, JsonObject error) {
        return errorBody(error.getInteger("code"), error.getString("message"));
    }

    @Override
    public String refusal(int status, String body) {
        return ErrorBodies.message(body)
                .map(message -> errorBody(status, message).encode())
                .orElse(body);
    }

    private static String event(String type, JsonObject members) {
        return DialectWriter.named(new JsonObject().put(TYPE, type).mergeIn(members));
    }

    private static JsonObject text(String text) {
        return new JsonObject().put(TYPE, "text").put("text", text);
    }

    private static JsonObject thinking(String thought) {
        return new JsonObject().put(TYPE, "thinking").put("thinking", thought).put("signature", "");
    }

    /** The content block for a tool call of a chat completion. */
    private static JsonObject call(JsonObject call, JsonObject input) {
        return new JsonObject()
                .put(TYPE, "tool_use")
                .put("id", call.getString("id"))
                .put("name", call.getJsonObject("function").getString("name"))
                .put("input", input);
    }

    /** The content blocks for a chat completion's message. */
    private static JsonArray content(JsonObject message) {
        JsonArray blocks = new JsonArray();
        String thought = message.getString("reasoning", "");
        String text = Objects.requireNonNullElse(message.getString("content"), "");
        if (!thought.isEmpty()) {
            blocks.add(thinking(thought));
        }
        if (!text.isEmpty()) {
            blocks.add(text(text));
        }
        JsonArray calls = message.getJsonArray("tool_calls", new JsonArray());
        for (int i = 0; i < calls.size(); i++) {
            JsonObject call = calls.getJsonObject(i);
            blocks.add(call(call, new JsonObject(call.getJsonObject("function").getString("arguments"))));
        }
        return blocks;
    }

    private static JsonObject message(AnswerJson json, JsonArray content, String stopReason, int outputTokens) {
        JsonObject usage = new JsonObject()
                .put("input_tokens", json.promptTokens())
                .put("output_tokens", outputTokens)
                .put("cost", 0);
        return new JsonObject()
                .put("id", json.generation())
                .put(TYPE, "message")
                .put("role", "assistant")
                .put("model", json.model())
                .put("provider", "Demo")
                .put("content", content)
                .put("stop_reason", stopReason)
                .putNull("stop_sequence")
                .put("usage", usage);
    }

    private static String stopReason(String finish) {
        return switch (Objects.requireNonNullElse(finish, "")) {
            case "" -> null;
            case "stop" -> "end_turn";
            case "tool_calls" -> "tool_use";
            case "length" -> "max_tokens";
            default -> finish;
        };
    }

    private static JsonObject errorBody(int status, String message) {
        JsonObject error = new JsonObject().put(TYPE, errorType(status)).put("message", message);
        return new JsonObject().put(TYPE, "error").put("error", error).put("request_id", "req_demo");
    }

    private static String errorType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}

package io.freerouter.dialect.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.engine.ChatRequest;
import io.freerouter.reply.ErrorBody;
import io.freerouter.reply.ErrorResponse;
import io.freerouter.reply.JsonObjects;
import io.freerouter.reply.RefusalWriter;
import io.freerouter.reply.ReplyFormat;
import io.freerouter.reply.StreamFormat;
import java.time.Instant;

/** What the gateway says in Anthropic's messages (https://docs.anthropic.com/en/api/errors and .../messages-streaming). */
public final class AnthropicReplyFormat implements ReplyFormat {
    /** The words by which Claude Code knows that it has to shorten the conversation. */
    private static final String TOO_LONG = "prompt is too long: ";

    /** Cannot stand within a string of JSON, because there its quotes would be escaped. */
    private static final String STOP = "\"message_stop\"";

    /**
     * The tokens of a request (https://docs.anthropic.com/en/api/messages-count-tokens) by our own estimate, which is rather too
     * low than too high.
     */
    public static String tokenCount(ChatRequest request) {
        return "{\"input_tokens\":" + request.needs().size().promptTokens() + "}";
    }

    /** An error in Anthropic's shape stays as it is: an upstream's own has it already. */
    @Override
    public String errorBody(int status, String body, String requestId) {
        ErrorBody error = ErrorBody.of(body);
        if (error.type().filter("error"::equals).isPresent()) {
            return body;
        }
        boolean tooLong =
                error.text("code").filter(RefusalWriter.TOO_LONG::equals).isPresent();
        String message = error.messageWithProvider().orElse("The request failed with status " + status + ".");
        ObjectNode json = JsonObjects.template("{\"type\": \"error\"}");
        json.putObject("error").put("type", type(status)).put("message", tooLong ? TOO_LONG + message : message);
        return json.put("request_id", requestId).toString();
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }

    @Override
    public String keepAlive() {
        return StreamFormat.event("ping", "{\"type\": \"ping\"}");
    }

    @Override
    public StreamFormat stream(String requestId, Instant now) {
        return new StreamFormat() {
            private boolean stopped;

            @Override
            public void sent(String events) {
                stopped = stopped || events.contains(STOP);
            }

            @Override
            public String error(ErrorResponse error) {
                return StreamFormat.event("error", errorBody(error.status(), error.body(), requestId));
            }

            @Override
            public String end() {
                return stopped ? "" : StreamFormat.event("message_stop", "{\"type\":\"message_stop\"}");
            }
        };
    }

    @Override
    public String answer(String text, String id, Instant now) {
        ObjectNode message = message(id).put("stop_reason", "end_turn");
        message.withArray("content").add(block(text));
        return message.toString();
    }

    @Override
    public String answerEvents(String text, String id, Instant now) {
        ObjectNode delta = JsonObjects.template("""
                {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta"}}""");
        ((ObjectNode) delta.path("delta")).put("text", text);
        return event(JsonObjects.template("{\"type\": \"message_start\"}").set("message", message(id)))
                + event(JsonObjects.template("{\"type\": \"content_block_start\", \"index\": 0}")
                        .set("content_block", block("")))
                + event(delta)
                + event(JsonObjects.template("{\"type\": \"content_block_stop\", \"index\": 0}"))
                + event(JsonObjects.template("""
                                {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": null},
                                 "usage": {"input_tokens": 0, "output_tokens": 0, "cache_creation_input_tokens": 0,
                                   "cache_read_input_tokens": 0, "server_tool_use": null}}"""))
                + event(JsonObjects.template("{\"type\": \"message_stop\"}"));
    }

    private static ObjectNode message(String id) {
        return JsonObjects.template("""
                        {"type": "message", "role": "assistant", "content": [], "stop_reason": null, "stop_sequence": null,
                         "container": null, "usage": {"input_tokens": 0, "output_tokens": 0, "cache_creation": null,
                           "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0, "server_tool_use": null,
                           "service_tier": null}}""").put("id", "msg_" + id).put("model", LOCAL);
    }

    private static ObjectNode block(String text) {
        return JsonObjects.template("{\"type\": \"text\", \"citations\": null}").put("text", text);
    }

    private static String event(ObjectNode event) {
        return StreamFormat.event(event.path("type").asText(), event.toString());
    }
}

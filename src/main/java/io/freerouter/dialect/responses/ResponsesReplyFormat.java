package io.freerouter.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.reply.DoneEvent;
import io.freerouter.reply.ErrorBody;
import io.freerouter.reply.ErrorResponse;
import io.freerouter.reply.JsonObjects;
import io.freerouter.reply.RefusalWriter;
import io.freerouter.reply.ReplyFormat;
import io.freerouter.reply.StreamFormat;
import java.time.Instant;
import java.util.Set;

/** What the gateway says in OpenAI's responses. */
public final class ResponsesReplyFormat implements ReplyFormat {
    @Override
    public StreamFormat stream(String requestId, Instant now) {
        return new ResponsesStreamFormat(response(requestId, now));
    }

    /**
     * A response with every member that OpenAI, OpenRouter and the Open Responses specification require; their typed clients
     * refuse one with less. In progress, without output.
     */
    private static ObjectNode response(String id, Instant now) {
        ObjectNode response = JsonObjects.template("""
                {"object": "response", "completed_at": null, "status": "in_progress", "error": null,
                 "incomplete_details": null, "instructions": null, "output": [], "previous_response_id": null,
                 "tools": [], "tool_choice": "auto", "parallel_tool_calls": true, "max_tool_calls": null,
                 "max_output_tokens": null, "temperature": 1, "top_p": 1, "top_logprobs": 0, "presence_penalty": 0,
                 "frequency_penalty": 0, "truncation": "disabled", "text": {"format": {"type": "text"}}, "reasoning": null,
                 "metadata": {}, "store": false, "background": false, "service_tier": "default", "safety_identifier": null,
                 "prompt_cache_key": null, "user": null,
                 "usage": {"input_tokens": 0, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 0,
                   "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 0}}""");
        return response.put("id", "resp_" + id)
                .put("created_at", now.getEpochSecond())
                .put("model", LOCAL);
    }

    private static ObjectNode completed(String text, String id, Instant now) {
        ObjectNode response = response(id, now).put("status", "completed").put("completed_at", now.getEpochSecond());
        response.withArray("output").add(item(id, text));
        return response;
    }

    private static ObjectNode item(String id, String text) {
        ObjectNode item = begunItem(id).put("status", "completed");
        item.withArray("content").add(part(text));
        return item;
    }

    private static ObjectNode begunItem(String id) {
        return JsonObjects.template("""
                        {"type": "message", "role": "assistant", "status": "in_progress", "content": []}""").put("id", "msg_" + id);
    }

    private static ObjectNode part(String text) {
        return JsonObjects.template("""
                        {"type": "output_text", "annotations": [], "logprobs": []}""").put("text", text);
    }

    @Override
    public String answer(String text, String id, Instant now) {
        return completed(text, id, now).toString();
    }

    @Override
    public String answerEvents(String text, String id, Instant now) {
        ObjectNode begun = response(id, now);
        Events events = new Events("msg_" + id);
        events.add("response.created", JsonObjects.template("{}").set("response", begun));
        events.add("response.in_progress", JsonObjects.template("{}").set("response", begun));
        events.add("response.output_item.added", events.output().set("item", begunItem(id)));
        events.add("response.content_part.added", events.content().set("part", part("")));
        events.add("response.output_text.delta", events.text().put("delta", text));
        events.add("response.output_text.done", events.text().put("text", text));
        events.add("response.content_part.done", events.content().set("part", part(text)));
        events.add("response.output_item.done", events.output().set("item", item(id, text)));
        events.add("response.completed", JsonObjects.template("{}").set("response", completed(text, id, now)));
        return events.all.append(StreamFormat.data("[DONE]")).toString();
    }

    /** The events of one answer, numbered. */
    private static final class Events {
        private final StringBuilder all = new StringBuilder();
        private final String item;
        private int next;

        Events(String item) {
            this.item = item;
        }

        ObjectNode output() {
            return JsonObjects.template("{\"output_index\": 0}");
        }

        ObjectNode content() {
            return output().put("content_index", 0).put("item_id", item);
        }

        ObjectNode text() {
            ObjectNode event = content();
            event.putArray("logprobs");
            return event;
        }

        void add(String type, ObjectNode members) {
            ObjectNode event = JsonObjects.template("{}").put("type", type).put("sequence_number", next++);
            all.append(StreamFormat.event(type, event.setAll(members).toString()));
        }
    }

    /**
     * What the gateway adds to a stream of OpenAI's responses: the failure of the response that the upstream began, numbered on
     * from its last event, and the end mark that the Open Responses specification demands
     * (https://www.openresponses.org/specification, "Streaming").
     */
    private static final class ResponsesStreamFormat implements StreamFormat {
        private static final String FAILED = "response.failed";
        private static final String DATA = "data:";
        /** Neither this text nor the next can stand within a string of JSON, because there its quotes would be escaped. */
        private static final String CREATED = "\"response.created\"";

        private static final String SEQUENCE = "\"sequence_number\":";
        private static final int DIGITS = 12;

        /** The refusals that may pass by themselves (RFC 9110, 15.5; RFC 8470, 5.2; RFC 6585, 4). */
        private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);

        private final DoneEvent mark = new DoneEvent();
        private ObjectNode response;
        private boolean begun;
        private long next;

        /** @param response what a response has before the upstream says more; belongs to this object from now on */
        ResponsesStreamFormat(ObjectNode response) {
            this.response = response;
        }

        @Override
        public void sent(String events) {
            if (!begun && events.contains(CREATED)) {
                begun = true;
                events.lines()
                        .filter(line -> line.startsWith(DATA) && line.contains(CREATED))
                        .findFirst()
                        .flatMap(line -> JsonObjects.object(line.substring(DATA.length())))
                        .map(event -> event.path("response"))
                        .filter(ObjectNode.class::isInstance)
                        .ifPresent(known -> begin((ObjectNode) known));
            }
            int at = events.lastIndexOf(SEQUENCE);
            if (at >= 0) {
                count(events, at + SEQUENCE.length());
            }
            mark.sent(events);
        }

        private void begin(ObjectNode known) {
            response.properties().forEach(member -> known.putIfAbsent(member.getKey(), member.getValue()));
            response = known;
        }

        private void count(String events, int from) {
            String rest = events.substring(from, Math.min(events.length(), from + DIGITS))
                    .strip();
            int digits = (int) rest.chars().takeWhile(Character::isDigit).count();
            next = digits == 0 ? next : Long.parseLong(rest.substring(0, digits)) + 1;
        }

        /** OpenAI's clients throw on any event with an {@code error}; agents look for the error in the {@code response}. */
        @Override
        public String error(ErrorResponse reply) {
            ErrorBody body = ErrorBody.of(reply.body());
            ObjectNode error = JsonObjects.template("{}")
                    .put("code", code(reply.status(), body))
                    .put(
                            "message",
                            body.messageWithProvider()
                                    .orElse("The request failed with status " + reply.status() + "."));
            response.put("status", "failed").set("error", error);
            response.putArray("output");
            ObjectNode event = JsonObjects.template("{}").put("type", FAILED).put("sequence_number", next++);
            event.set("response", response);
            event.set("error", body.error().orElse(error));
            return StreamFormat.event(FAILED, event.toString()) + end();
        }

        /**
         * OpenAI's code for the error: typed clients know no other. Codex asks again after {@code rate_limit_exceeded} and {@code
         * server_error}, and not after the others.
         */
        private static String code(int status, ErrorBody body) {
            String code = body.text("code").orElse("");
            if (code.equals(RefusalWriter.TOO_LONG) || code.equals(RefusalWriter.TOO_MANY)) {
                return code;
            }
            if (body.text("type").filter(RefusalWriter.QUOTA::equals).isPresent()) {
                return RefusalWriter.QUOTA;
            }
            return status < 500 && !PASSING.contains(status) ? "invalid_prompt" : "server_error";
        }

        @Override
        public String end() {
            return mark.missing();
        }

        @Override
        public String endAfterError() {
            return end();
        }
    }
}

package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** OpenAI's responses (https://platform.openai.com/docs/api-reference/responses-streaming). */
final class ResponsesWriter implements DialectWriter {
    private static final String TYPE = "type";
    private static final String RESPONSE = "response";

    private final AnswerJson json;
    private final JsonArray output = new JsonArray();
    private Item open;
    private int sequence;
    private int deltas;
    private String finish = "stop";

    ResponsesWriter(AnswerJson json) {
        this.json = json;
    }

    @Override
    public String delta(JsonObject delta) {
        String begun = deltas++ == 0 ? start() : "";
        String thought = said(Item.Kind.THOUGHT, delta.getString("reasoning"));
        String text = said(Item.Kind.TEXT, delta.getString("content"));
        return begun + thought + text + calls(delta.getJsonArray("tool_calls", new JsonArray()));
    }

    private String start() {
        return state("response.created", "in_progress") + state("response.in_progress", "in_progress");
    }

    private String said(Item.Kind kind, String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String begun = open != null && open.kind() == kind ? "" : begin(kind, "", "");
        return begun + more(text);
    }

    private String calls(JsonArray calls) {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < calls.size(); i++) {
            JsonObject call = calls.getJsonObject(i);
            JsonObject function = call.getJsonObject("function");
            if (call.containsKey("id")) {
                events.append(begin(Item.Kind.CALL, call.getString("id"), function.getString("name")));
            }
            String arguments = Objects.requireNonNullElse(function.getString("arguments"), "");
            events.append(arguments.isEmpty() ? "" : more(arguments));
        }
        return events.toString();
    }

    private String begin(Item.Kind kind, String call, String name) {
        String closed = close();
        open = new Item(kind, output.size(), call, name);
        return closed + events(open.opening());
    }

    private String more(String text) {
        open.add(text);
        return event(open.delta(text));
    }

    private String close() {
        if (open == null) {
            return "";
        }
        String closed = events(open.closing());
        output.add(open.json());
        open = null;
        return closed;
    }

    @Override
    public String finish(String reason) {
        finish = reason;
        return close();
    }

    /** Nothing: {@link #done} reports the usage. */
    @Override
    public String usage() {
        return "";
    }

    @Override
    public String done() {
        boolean cut = finish.equals("length");
        String last = cut ? state("response.incomplete", "incomplete") : state("response.completed", "completed");
        return last + DialectWriter.data("[DONE]");
    }

    /** Before the response there is only an error, afterwards it is the response that failed. */
    @Override
    public String error(int code, String message) {
        JsonObject error = errorBody(code, message);
        if (deltas == 0) {
            return event(new JsonObject().put(TYPE, "error").mergeIn(error).putNull("param"));
        }
        JsonObject failed = response(json, "failed", output, deltas).put("error", error);
        return event(new JsonObject().put(TYPE, "response.failed").put(RESPONSE, failed));
    }

    @Override
    public JsonObject whole(Message message, String reason) {
        return response(json, "completed", Item.all(message.toJson()), message.deltas());
    }

    @Override
    public JsonObject failed(Message message, JsonObject error) {
        JsonObject failure = errorBody(error.getInteger("code"), error.getString("message"));
        return response(json, "failed", Item.all(message.toJson()), message.deltas())
                .put("error", failure);
    }

    @Override
    public String refusal(int status, String body) {
        return ErrorBodies.message(body)
                .map(message -> new JsonObject()
                        .put("error", errorBody(status, message))
                        .putNull("metadata")
                        .encode())
                .orElse(body);
    }

    private String state(String type, String status) {
        JsonObject response = response(json, status, output, deltas);
        return event(new JsonObject().put(TYPE, type).put(RESPONSE, response));
    }

    private String events(Iterable<JsonObject> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event(event)));
        return text.toString();
    }

    private String event(JsonObject data) {
        return DialectWriter.named(data.put("sequence_number", sequence++));
    }

    /** All members that OpenRouter's SDK and the Open Responses specification require. */
    private static JsonObject response(AnswerJson json, String status, JsonArray output, int outputTokens) {
        JsonObject usage = new JsonObject("""
                {"input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}, "cost": 0}""");
        JsonObject fixed = new JsonObject("""
                {"parallel_tool_calls": true, "tool_choice": "auto", "tools": [],
                 "metadata": {}, "store": false, "background": false, "error": null, "instructions": null,
                 "previous_response_id": null, "max_output_tokens": null, "max_tool_calls": null, "reasoning": null,
                 "prompt_cache_key": null, "safety_identifier": null, "service_tier": "default",
                 "text": {"format": {"type": "text"}}, "truncation": "disabled", "temperature": 1, "top_p": 1,
                 "top_logprobs": 0, "presence_penalty": 0, "frequency_penalty": 0}""");
        return new JsonObject()
                .put("id", json.generation())
                .put("object", "response")
                .put("created_at", AnswerJson.CREATED)
                .put("status", status)
                .put("model", json.model())
                .put("provider", "Demo")
                .put("output", output.copy())
                .put("completed_at", status.equals("completed") ? AnswerJson.CREATED : null)
                .put(
                        "incomplete_details",
                        status.equals("incomplete") ? new JsonObject().put("reason", "max_output_tokens") : null)
                .mergeIn(fixed)
                .put(
                        "usage",
                        usage.put("input_tokens", json.promptTokens())
                                .put("output_tokens", outputTokens)
                                .put("total_tokens", json.promptTokens() + outputTokens));
    }

    private static JsonObject errorBody(int status, String message) {
        return new JsonObject().put("code", code(status)).put("message", message);
    }

    private static String code(int status) {
        return switch (status) {
            case 429 -> "rate_limit_exceeded";
            case 400 -> "invalid_prompt";
            default -> "server_error";
        };
    }

    /** One item of a response's output as it grows, and its events. */
    private static final class Item {
        /** What it is. */
        enum Kind {
            TEXT("response.output_text", "text"),
            THOUGHT("response.reasoning_text", "text"),
            CALL("response.function_call_arguments", "arguments");

            private final String event;
            private final String member;

            Kind(String event, String member) {
                this.event = event;
                this.member = member;
            }
        }

        private final Kind kind;
        private final int index;
        private final String call;
        private final String name;
        private final StringBuilder said = new StringBuilder();

        /**
         * @param index its place in the output
         * @param call the id of the call that it is, empty if it is none
         * @param name the name of the tool that it calls, empty if it calls none
         */
        Item(Kind kind, int index, String call, String name) {
            this.kind = kind;
            this.index = index;
            this.call = call;
            this.name = name;
        }

        /** All of a chat completion's message. */
        static JsonArray all(JsonObject message) {
            JsonArray items = new JsonArray();
            add(items, new Item(Kind.THOUGHT, 0, "", ""), message.getString("reasoning"));
            add(items, new Item(Kind.TEXT, items.size(), "", ""), message.getString("content"));
            JsonArray calls = message.getJsonArray("tool_calls", new JsonArray());
            for (int i = 0; i < calls.size(); i++) {
                JsonObject call = calls.getJsonObject(i);
                JsonObject function = call.getJsonObject("function");
                Item item = new Item(Kind.CALL, items.size(), call.getString("id"), function.getString("name"));
                add(items, item, function.getString("arguments"));
            }
            return items;
        }

        private static void add(JsonArray items, Item item, String said) {
            item.add(Objects.requireNonNullElse(said, ""));
            if (!item.said.isEmpty()) {
                items.add(item.json());
            }
        }

        Kind kind() {
            return kind;
        }

        void add(String text) {
            said.append(text);
        }

        /** The events that begin it. */
        List<JsonObject> opening() {
            JsonObject added = of("response.output_item.added").put("item", json("in_progress", ""));
            return kind == Kind.TEXT
                    ? List.of(added, content("response.content_part.added").put("part", part("")))
                    : List.of(added);
        }

        /** The event that adds to it. */
        JsonObject delta(String text) {
            return content(kind.event + ".delta").put("delta", text);
        }

        /** The events that end it. */
        List<JsonObject> closing() {
            JsonObject all = content(kind.event + ".done").put(kind.member, said.toString());
            JsonObject done = of("response.output_item.done").put("item", json());
            return kind == Kind.TEXT
                    ? List.of(all, content("response.content_part.done").put("part", part(said.toString())), done)
                    : List.of(all.put("name", name), done);
        }

        /** The item, whole. */
        JsonObject json() {
            return json("completed", said.toString());
        }

        private JsonObject json(String status, String text) {
            JsonObject item = new JsonObject().put("id", id()).put("status", status);
            JsonArray parts = text.isEmpty() ? new JsonArray() : new JsonArray().add(part(text));
            return switch (kind) {
                case TEXT -> item.put(TYPE, "message").put("role", "assistant").put("content", parts);
                case THOUGHT ->
                    item.put(TYPE, "reasoning").put("summary", new JsonArray()).put("content", parts);
                case CALL ->
                    item.put(TYPE, "function_call")
                            .put("call_id", call)
                            .put("name", name)
                            .put("arguments", text);
            };
        }

        private JsonObject part(String text) {
            JsonObject part = new JsonObject().put("text", text);
            return kind == Kind.TEXT
                    ? part.put(TYPE, "output_text")
                            .put("annotations", new JsonArray())
                            .put("logprobs", new JsonArray())
                    : part.put(TYPE, "reasoning_text");
        }

        private JsonObject of(String type) {
            return new JsonObject().put(TYPE, type).put("output_index", index);
        }

        private JsonObject content(String type) {
            JsonObject event = of(type).put("item_id", id());
            return kind == Kind.CALL ? event : event.put("content_index", 0).put("logprobs", new JsonArray());
        }

        private String id() {
            return "item_demo_" + index;
        }
    }
}

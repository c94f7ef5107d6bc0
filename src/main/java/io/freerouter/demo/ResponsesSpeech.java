package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** OpenAI's responses (https://platform.openai.com/docs/api-reference/responses-streaming). */
final class ResponsesSpeech implements Speech {
    private static final String TYPE = "type";
    private static final String RESPONSE = "response";

    private final Shapes shapes;
    private final JsonArray output = new JsonArray();
    private Item open;
    private int sequence;
    private int deltas;
    private String finish = "stop";

    ResponsesSpeech(Shapes shapes) {
        this.shapes = shapes;
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

    /** Nothing: it is told with the end. */
    @Override
    public String usage() {
        return "";
    }

    @Override
    public String done() {
        boolean cut = finish.equals("length");
        return cut ? state("response.incomplete", "incomplete") : state("response.completed", "completed");
    }

    /** Before the response there is only an error, afterwards it is the response that failed. */
    @Override
    public String error(int code, String message) {
        JsonObject error = Responses.error(code, message);
        if (deltas == 0) {
            return event(new JsonObject().put(TYPE, "error").mergeIn(error).putNull("param"));
        }
        JsonObject failed = Responses.response(shapes, "failed", output, deltas).put("error", error);
        return event(new JsonObject().put(TYPE, "response.failed").put(RESPONSE, failed));
    }

    @Override
    public JsonObject whole(Message message, String reason) {
        return Responses.response(shapes, "completed", Item.all(message.toJson()), message.deltas());
    }

    @Override
    public JsonObject failed(Message message, JsonObject error) {
        JsonObject told = Responses.error(error.getInteger("code"), error.getString("message"));
        return Responses.response(shapes, "failed", Item.all(message.toJson()), message.deltas())
                .put("error", told);
    }

    @Override
    public String refusal(int status, String body) {
        return Errors.message(body)
                .map(message -> new JsonObject()
                        .put("error", Responses.error(status, message))
                        .putNull("metadata")
                        .encode())
                .orElse(body);
    }

    private String state(String type, String status) {
        JsonObject response = Responses.response(shapes, status, output, deltas);
        return event(new JsonObject().put(TYPE, type).put(RESPONSE, response));
    }

    private String events(Iterable<JsonObject> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event(event)));
        return text.toString();
    }

    private String event(JsonObject data) {
        return Sse.named(data.put("sequence_number", sequence++));
    }
}

package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** One item of a response's output in the making, with the events that tell of it. */
final class Item {
    private static final String TYPE = "type";

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

package io.freerouter.demo;

import io.vertx.core.json.JsonObject;

/** OpenAI's chat completions. */
final class ChatSpeech implements Speech {
    private final Shapes shapes;
    private int deltas;

    ChatSpeech(Shapes shapes) {
        this.shapes = shapes;
    }

    @Override
    public String delta(JsonObject delta) {
        deltas++;
        return Sse.data(shapes.chunk(delta, null).encode());
    }

    @Override
    public String finish(String reason) {
        return Sse.data(shapes.chunk(Delta.text(""), reason).encode());
    }

    @Override
    public String usage() {
        JsonObject chunk = shapes.chunk(Delta.text(""), null);
        return Sse.data(chunk.put("usage", shapes.usage(deltas)).encode());
    }

    @Override
    public String done() {
        return Sse.data("[DONE]");
    }

    /** Before the first chunk the error comes alone, afterwards within a chunk. */
    @Override
    public String error(int code, String message) {
        JsonObject around = deltas == 0 ? new JsonObject() : shapes.chunk(Delta.text(""), "error");
        return Sse.data(around.put("error", Errors.provider(code, message)).encode());
    }

    @Override
    public JsonObject whole(Message message, String finish) {
        return shapes.whole(message.toJson(), finish).put("usage", shapes.usage(message.deltas()));
    }

    @Override
    public JsonObject failed(Message message, JsonObject error) {
        if (message.deltas() == 0) {
            return new JsonObject().put("error", error);
        }
        JsonObject body = whole(message, "error");
        body.getJsonArray("choices").getJsonObject(0).put("error", error);
        return body;
    }
}

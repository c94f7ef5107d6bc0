package io.freerouter.demo;

import io.vertx.core.json.JsonObject;

/** OpenAI's chat completions. */
final class ChatWriter implements DialectWriter {
    private final AnswerJson json;
    private int deltas;

    ChatWriter(AnswerJson json) {
        this.json = json;
    }

    @Override
    public String delta(JsonObject delta) {
        deltas++;
        return DialectWriter.data(json.chunk(delta, null).encode());
    }

    @Override
    public String finish(String reason) {
        return DialectWriter.data(json.chunk(Message.textDelta(""), reason).encode());
    }

    @Override
    public String usage() {
        JsonObject chunk = json.chunk(Message.textDelta(""), null);
        return DialectWriter.data(chunk.put("usage", json.usage(deltas)).encode());
    }

    @Override
    public String done() {
        return DialectWriter.data("[DONE]");
    }

    /** Before the first chunk the error comes alone, afterwards within a chunk. */
    @Override
    public String error(int code, String message) {
        JsonObject around = deltas == 0 ? new JsonObject() : json.chunk(Message.textDelta(""), "error");
        return DialectWriter.data(
                around.put("error", ErrorBodies.provider(code, message)).encode());
    }

    @Override
    public JsonObject whole(Message message, String finish) {
        return json.whole(message.toJson(), finish).put("usage", json.usage(message.deltas()));
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

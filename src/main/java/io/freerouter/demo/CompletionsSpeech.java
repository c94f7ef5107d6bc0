package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** OpenAI's older completions of a text, which have neither thoughts nor tools. */
final class CompletionsSpeech implements Speech {
    private final Shapes shapes;
    private int deltas;

    CompletionsSpeech(Shapes shapes) {
        this.shapes = shapes;
    }

    @Override
    public String delta(JsonObject delta) {
        deltas++;
        return Sse.data(choice(text(delta), null).encode());
    }

    @Override
    public String finish(String reason) {
        return Sse.data(choice("", reason).encode());
    }

    @Override
    public String usage() {
        return Sse.data(choice("", null).put("usage", shapes.usage(deltas)).encode());
    }

    @Override
    public String done() {
        return Sse.data("[DONE]");
    }

    @Override
    public String error(int code, String message) {
        return Sse.data(
                new JsonObject().put("error", Errors.provider(code, message)).encode());
    }

    @Override
    public JsonObject whole(Message message, String finish) {
        return choice(text(message.toJson()), finish).put("usage", shapes.usage(message.deltas()));
    }

    @Override
    public JsonObject failed(Message message, JsonObject error) {
        return new JsonObject().put("error", error);
    }

    private static String text(JsonObject message) {
        return Objects.requireNonNullElse(message.getString("content"), "");
    }

    private JsonObject choice(String text, String finish) {
        JsonObject choice = new JsonObject()
                .put("index", 0)
                .put("text", text)
                .put("finish_reason", finish)
                .putNull("logprobs");
        return shapes.answer("text_completion").put("choices", new JsonArray().add(choice));
    }
}

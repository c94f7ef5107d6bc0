package io.freerouter.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** OpenAI's older completions of a text, which have neither thoughts nor tools. */
final class CompletionsWriter implements DialectWriter {
    private final AnswerJson json;
    private int deltas;

    CompletionsWriter(AnswerJson json) {
        this.json = json;
    }

    @Override
    public String delta(JsonObject delta) {
        deltas++;
        return DialectWriter.data(choice(text(delta), null).encode());
    }

    @Override
    public String finish(String reason) {
        return DialectWriter.data(choice("", reason).encode());
    }

    @Override
    public String usage() {
        return DialectWriter.data(
                choice("", null).put("usage", json.usage(deltas)).encode());
    }

    @Override
    public String done() {
        return DialectWriter.data("[DONE]");
    }

    @Override
    public String error(int code, String message) {
        return DialectWriter.data(new JsonObject()
                .put("error", ErrorBodies.provider(code, message))
                .encode());
    }

    @Override
    public JsonObject whole(Message message, String finish) {
        return choice(text(message.toJson()), finish).put("usage", json.usage(message.deltas()));
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
        return json.answer("text_completion").put("choices", new JsonArray().add(choice));
    }
}

package io.freerouter.demo;

import io.vertx.core.json.JsonObject;

/** Writes one answer in one dialect, from the deltas of a chat completion. Used for one answer only. */
interface DialectWriter {
    /** The dialect for the path that was asked. */
    static DialectWriter of(String path, AnswerJson json) {
        return switch (path) {
            case Dispatcher.RESPONSES -> new ResponsesWriter(json);
            case Dispatcher.MESSAGES -> new AnthropicWriter(json);
            case Dispatcher.COMPLETIONS -> new CompletionsWriter(json);
            default -> new ChatWriter(json);
        };
    }

    /** Events that add a delta; empty if the delta says nothing. */
    String delta(JsonObject delta);

    /** Events that give the finish reason. */
    String finish(String reason);

    /** Events that give the usage. */
    String usage();

    /** The end mark. */
    String done();

    /** Events that report an error. */
    String error(int code, String message);

    /** The whole answer. */
    JsonObject whole(Message message, String finish);

    /** The whole answer with an error in it, or the error alone. */
    JsonObject failed(Message message, JsonObject error);

    /** The body of an error with a status of its own. */
    default String refusal(int status, String body) {
        return body;
    }

    /** A server-sent event without a name. */
    static String data(String data) {
        return "data: " + data + "\n\n";
    }

    /** An event named by the data's {@code type}. */
    static String named(JsonObject data) {
        return "event: " + data.getString("type") + "\n" + data(data.encode());
    }
}

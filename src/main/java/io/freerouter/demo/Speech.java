package io.freerouter.demo;

import io.vertx.core.json.JsonObject;

/** One answer in one dialect. What the scripts say is given as a chat completion has it. One for each answer. */
interface Speech {
    /** The speech for the path that was asked. */
    static Speech of(String path, Shapes shapes) {
        return switch (path) {
            case Switchboard.RESPONSES -> new ResponsesSpeech(shapes);
            case Switchboard.MESSAGES -> new MessagesSpeech(shapes);
            case Switchboard.COMPLETIONS -> new CompletionsSpeech(shapes);
            default -> new ChatSpeech(shapes);
        };
    }

    /** Events that add this; none if there is nothing to be told. */
    String delta(JsonObject delta);

    /** Events that tell why the answer is over. */
    String finish(String reason);

    /** Events that tell how many tokens were used. */
    String usage();

    /** Events after which nothing comes. */
    String done();

    /** Events that report an error. */
    String error(int code, String message);

    /** The whole answer. */
    JsonObject whole(Message message, String finish);

    /** The whole answer with an error in it, or instead of it. */
    JsonObject failed(Message message, JsonObject error);

    /** The body of an error with a status of its own. */
    default String refusal(int status, String body) {
        return body;
    }
}

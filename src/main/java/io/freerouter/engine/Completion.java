package io.freerouter.engine;

/**
 * A whole answer.
 *
 * @param json the upstream's body, as it came
 * @param metadata what it reveals besides its content
 * @param empty whether it came to a proper end without saying anything
 */
public record Completion(String json, AnswerMetadata metadata, boolean empty) {}

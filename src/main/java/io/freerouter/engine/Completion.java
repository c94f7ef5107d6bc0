package io.freerouter.engine;

/**
 * A whole answer.
 *
 * @param json the upstream's body, as it came
 */
public record Completion(String json) {}

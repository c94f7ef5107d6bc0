package io.freerouter.openrouter.tools;

/**
 * A tool call of an answer, put together from its pieces.
 *
 * @param answer which of the answers to one request
 * @param call which of that answer's calls
 * @param id its id; empty text if it has none
 * @param name the name of the tool
 * @param arguments its arguments: JSON, if the model made no mistake; blank if there are none
 * @param object whether the arguments came as an object instead of a text
 */
public record ToolCall(int answer, int call, String id, String name, String arguments, boolean object) {}

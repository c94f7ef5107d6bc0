package io.freerouter.engine;

/**
 * What a request says of its tools, as JSON. It is read only when an answer calls a tool.
 *
 * @param tools the list of tools, as the caller wrote it
 * @param choice which of them may or must be called; empty text if the request does not say
 */
public record ToolDeclarations(String tools, String choice) {}

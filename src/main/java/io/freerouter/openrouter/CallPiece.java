package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A piece of a tool call.
 *
 * @param choice in which of several answers
 * @param call which of the answer's calls
 * @param name the tool's name, or a part of it; a missing node if the piece has none
 * @param arguments some of its arguments; a missing node if the piece has none
 */
record CallPiece(int choice, int call, JsonNode name, JsonNode arguments) {}

package io.freerouter.engine;

import io.freerouter.routing.Needs;
import java.util.Set;

/**
 * A caller's request for an answer.
 *
 * @param dialect in which it is put, and is to be answered
 * @param needs what it asks of a model
 * @param stream whether the answer is to come as server-sent events
 * @param body what goes to the upstream
 * @param conversation what it goes on with
 * @param tools the names of the tools a model may call
 */
public record ChatRequest(
        Dialect dialect, Needs needs, boolean stream, Body body, Conversation conversation, Set<String> tools) {
    public ChatRequest {
        tools = Set.copyOf(tools);
    }

    /** A chat completion. */
    public ChatRequest(Needs needs, boolean stream, Body body, Conversation conversation, Set<String> tools) {
        this(Dialect.CHAT, needs, stream, body, conversation, tools);
    }

    /** A chat completion without tools that goes on with nothing. */
    public ChatRequest(Needs needs, boolean stream, Body body) {
        this(needs, stream, body, Conversation.UNKNOWN, Set.of());
    }
}

package io.freerouter.engine;

import io.freerouter.routing.Needs;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A caller's request for an answer.
 *
 * @param dialect the protocol of the request and its answer
 * @param needs what it asks of a model
 * @param stream whether the answer comes as server-sent events
 * @param answers how many answers are wanted at once, at least 1
 * @param body what goes to the upstream
 * @param conversation the conversation that the request continues
 * @param tools the names of the tools that a model may call
 * @param headers the caller's headers that reach the upstream unchanged, by name in lower case; they hold no line break
 * @param trace the trace that the request belongs to
 * @param verification what of the answer is checked before the caller gets it
 */
public record ChatRequest(
        Dialect dialect,
        Needs needs,
        boolean stream,
        int answers,
        RequestBody body,
        Conversation conversation,
        Set<String> tools,
        Map<String, String> headers,
        RequestTrace trace,
        AnswerChecks verification) {
    public ChatRequest {
        if (answers < 1) {
            throw new IllegalArgumentException("A request must want at least one answer, not " + answers);
        }
        tools = Set.copyOf(tools);
        headers = Map.copyOf(headers);
    }

    /** A request without a trace, of whose answer nothing is checked. */
    public ChatRequest(
            Dialect dialect,
            Needs needs,
            boolean stream,
            int answers,
            RequestBody body,
            Conversation conversation,
            Set<String> tools,
            Map<String, String> headers) {
        this(dialect, needs, stream, answers, body, conversation, tools, headers, RequestTrace.NONE, AnswerChecks.NONE);
    }

    /** The same request in a trace. */
    public ChatRequest in(RequestTrace trace) {
        return trace == RequestTrace.NONE
                ? this
                : new ChatRequest(
                        dialect, needs, stream, answers, body, conversation, tools, headers, trace, verification);
    }

    /** The same request, of whose answer this is checked. */
    public ChatRequest verifying(AnswerChecks checks) {
        return checks.equals(verification)
                ? this
                : new ChatRequest(dialect, needs, stream, answers, body, conversation, tools, headers, trace, checks);
    }

    /**
     * The conversation that a request continues.
     *
     * @param key the same for all requests of one conversation, and different for others; empty if the conversation is not
     *     recognised
     * @param messages how many messages it has so far, including the new ones
     */
    public record Conversation(Optional<String> key, int messages) {
        /** An unknown conversation. */
        public static final Conversation UNKNOWN = new Conversation(Optional.empty(), 0);
    }
}

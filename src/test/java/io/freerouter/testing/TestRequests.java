package io.freerouter.testing;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.ChatRequest.Conversation;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.RequestBody;
import io.freerouter.routing.ModelPreference;
import io.freerouter.routing.Needs;
import io.freerouter.routing.RequestSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests of which a test says only what matters to it. */
public final class TestRequests {
    private TestRequests() {}

    /** These models first, then the pool. */
    public static ModelPreference first(List<String> names) {
        return new ModelPreference(names, true, Optional.empty());
    }

    /** A request that any model can answer and that prefers these models. */
    public static Needs needs(List<String> names) {
        return needs(names, Set.of(), 0);
    }

    /** A request of which only the length of its body is known. */
    public static Needs needs(List<String> names, Set<Ability> abilities, long bytes) {
        return new Needs(first(names), abilities, new RequestSize(bytes, 0, 0));
    }

    /** A chat completion without tools, in an unknown conversation. */
    public static ChatRequest chat(Needs needs, boolean stream, RequestBody body) {
        return chat(needs, stream, body, Conversation.UNKNOWN, Set.of());
    }

    /** A chat completion for one answer. */
    public static ChatRequest chat(
            Needs needs, boolean stream, RequestBody body, Conversation conversation, Set<String> tools) {
        return new ChatRequest(Dialect.CHAT, needs, stream, 1, body, conversation, tools, Map.of());
    }
}

package io.freerouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.catalog.Model;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * A {@link FreeRouter} for code that waits. Every method throws the {@link FreeRouterException} that its counterpart fails
 * with; an {@link IllegalStateException}, at once, where the thread must not wait, such as an event loop; and a
 * {@link CancellationException} if the thread is interrupted, which closes the calls to the upstream; the thread
 * stays interrupted.
 */
public final class BlockingFreeRouter {
    private final FreeRouter router;

    BlockingFreeRouter(FreeRouter router) {
        this.router = router;
    }

    /**
     * What is free now.
     *
     * @return the models in the upstream's order
     */
    public List<Model> models() {
        return Waiting.on(router.models());
    }

    /**
     * Asks for a whole answer, see {@link FreeRouter#complete(ChatCall)}.
     *
     * @param call what is asked
     * @return the answer
     */
    public ChatAnswer complete(ChatCall call) {
        return Waiting.on(router.complete(call));
    }

    /**
     * Asks for a whole answer, see {@link FreeRouter#complete(String)}.
     *
     * @param json a request in the shape of OpenAI's chat completions
     * @return the answer
     */
    public ChatAnswer complete(String json) {
        return Waiting.on(router.complete(json));
    }

    /**
     * Asks for a whole answer, see {@link FreeRouter#complete(JsonNode)}.
     *
     * @param tree a request in the shape of OpenAI's chat completions
     * @return the answer
     */
    public ChatAnswer complete(JsonNode tree) {
        return Waiting.on(router.complete(tree));
    }

    /**
     * Says something to whichever model is best placed.
     *
     * @param text what a user says
     * @return the answer
     */
    public ChatAnswer chat(String text) {
        return Waiting.on(router.chat(text));
    }

    /**
     * Goes on with a conversation.
     *
     * @param messages all that was said so far, the last message included
     * @param options which models, and how they are to answer
     * @return the answer
     */
    public ChatAnswer chat(List<ChatMessage> messages, ChatOptions options) {
        return Waiting.on(router.chat(messages, options));
    }

    /**
     * Asks for a stream, see {@link FreeRouter#stream(ChatCall)}.
     *
     * @param call what is asked
     * @return the chunks, each waited for as it is read; asked for when the first one is read. To be closed, which gives up
     *     what has not been read: a thread that still waits for it gets a {@link CancellationException}
     */
    public Stream<ChatChunk> stream(ChatCall call) {
        return Waiting.on(router.stream(call));
    }

    /**
     * Asks for a stream, see {@link FreeRouter#stream(String)}.
     *
     * @param json a request in the shape of OpenAI's chat completions
     * @return as {@link #stream(ChatCall)}
     */
    public Stream<ChatChunk> stream(String json) {
        return Waiting.on(router.stream(json));
    }

    /**
     * Asks for a stream, see {@link FreeRouter#stream(JsonNode)}.
     *
     * @param tree a request in the shape of OpenAI's chat completions
     * @return as {@link #stream(ChatCall)}
     */
    public Stream<ChatChunk> stream(JsonNode tree) {
        return Waiting.on(router.stream(tree));
    }
}

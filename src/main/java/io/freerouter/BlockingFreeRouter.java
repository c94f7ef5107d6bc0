package io.freerouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.catalog.Model;
import io.freerouter.library.Blocking;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * A {@link FreeRouter} for code that waits for answers. Every method throws
 *
 * <ul>
 *   <li>the {@link FreeRouterException} that the same method of {@link FreeRouter} fails with;
 *   <li>an {@link IllegalStateException}, at once, if the thread must not wait, for instance on an event loop;
 *   <li>a {@link CancellationException} if the thread is interrupted. This closes the calls to OpenRouter, and the thread stays
 *       interrupted.
 * </ul>
 */
public final class BlockingFreeRouter {
    private final FreeRouter router;

    BlockingFreeRouter(FreeRouter router) {
        this.router = router;
    }

    /**
     * Lists the models that are free now.
     *
     * @return the models in OpenRouter's order
     */
    public List<Model> models() {
        return Blocking.on(router.models());
    }

    /**
     * Asks for a whole answer, see {@link FreeRouter#complete(ChatCall)}.
     *
     * @param call the request
     * @return the answer
     */
    public ChatAnswer complete(ChatCall call) {
        return Blocking.on(router.complete(call));
    }

    /**
     * Asks for a whole answer, see {@link FreeRouter#complete(String)}.
     *
     * @param json a request in the shape of OpenAI's chat completions
     * @return the answer
     */
    public ChatAnswer complete(String json) {
        return Blocking.on(router.complete(json));
    }

    /**
     * Asks for a whole answer, see {@link FreeRouter#complete(JsonNode)}.
     *
     * @param tree a request in the shape of OpenAI's chat completions
     * @return the answer
     */
    public ChatAnswer complete(JsonNode tree) {
        return Blocking.on(router.complete(tree));
    }

    /**
     * Sends one message of a user, with the standard options: any free model may answer.
     *
     * @param text what the user says
     * @return the answer
     */
    public ChatAnswer chat(String text) {
        return Blocking.on(router.chat(text));
    }

    /**
     * Continues a conversation.
     *
     * @param messages everything that was said so far, the newest message last
     * @param options which models may answer, and how
     * @return the answer
     */
    public ChatAnswer chat(List<ChatMessage> messages, ChatOptions options) {
        return Blocking.on(router.chat(messages, options));
    }

    /**
     * Asks for a stream, see {@link FreeRouter#stream(ChatCall)}.
     *
     * @param call the request
     * @return the chunks. The request is sent when the first chunk is read, and each read waits for its chunk. Close the stream
     *     in the end; a thread that still waits then gets a {@link CancellationException}
     */
    public Stream<ChatChunk> stream(ChatCall call) {
        return Blocking.on(router.stream(call));
    }

    /**
     * Asks for a stream, see {@link FreeRouter#stream(String)}.
     *
     * @param json a request in the shape of OpenAI's chat completions
     * @return as {@link #stream(ChatCall)}
     */
    public Stream<ChatChunk> stream(String json) {
        return Blocking.on(router.stream(json));
    }

    /**
     * Asks for a stream, see {@link FreeRouter#stream(JsonNode)}.
     *
     * @param tree a request in the shape of OpenAI's chat completions
     * @return as {@link #stream(ChatCall)}
     */
    public Stream<ChatChunk> stream(JsonNode tree) {
        return Blocking.on(router.stream(tree));
    }
}

package io.freerouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.library.LibraryRouter;
import io.freerouter.routing.QuotaState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers chat requests with OpenRouter's free models. It knows which models are free, asks one of them, falls back to the next
 * model if the first one fails, and never asks a model that costs money. This is the engine of the FreeRouter server, inside your own
 * process.
 *
 * <pre>{@code
 * try (FreeRouter router = FreeRouter.builder().apiKey("sk-or-...").build()) {
 *     System.out.println(router.blocking().chat("Hello").text());
 * }
 * }</pre>
 *
 * <p>One {@code FreeRouter} is enough for a program, and should live as long as the program does: it remembers which models
 * answer well, counts the account's requests, and keeps connections open. It is safe to use from any thread.
 *
 * <p><b>Asynchronous use.</b> Every {@link Uni} and {@link Multi} is cold. Nothing is sent before you subscribe, each
 * subscription sends a request of its own, and a cancellation closes the calls to OpenRouter. Items arrive on an event loop, the
 * caller's own if the caller is on one; do not block there. {@link #blocking()} has the same methods for code that waits.
 *
 * <p><b>Failures.</b> A request fails with a {@link FreeRouterException}, or with an {@link IllegalStateException} if the
 * router is closed.
 *
 * <p><b>The list of models</b> is read at the first request, and again in the background when it is older than
 * {@code catalog.ttl}. Requests do not wait for it once a list is there.
 */
public final class FreeRouter implements AutoCloseable {
    private final LibraryRouter library;

    FreeRouter(LibraryRouter library) {
        this.library = library;
    }

    /**
     * Starts to set up a router. Every option has the default that it has in the server.
     *
     * @return a new builder
     */
    public static FreeRouterBuilder builder() {
        return new FreeRouterBuilder();
    }

    /**
     * Lists the models that are free now.
     *
     * @return the models in OpenRouter's order; fails with {@link NoModelException} if the list cannot be read
     */
    public Uni<List<Model>> models() {
        return call(() -> library.catalog().map(Catalog::models), unread -> {});
    }

    /**
     * Asks for a whole answer.
     *
     * @param call the request; its {@code stream} counts as {@code false}
     * @return the answer
     */
    public Uni<ChatAnswer> complete(ChatCall call) {
        return call(
                () -> library.complete(call.toCall())
                        .map(answer -> new ChatAnswer(
                                answer.model(),
                                answer.attempts(),
                                answer.content().json())),
                unread -> {});
    }

    /**
     * Asks for a whole answer.
     *
     * @param json a request in the shape of OpenAI's chat completions. It reaches the model byte by byte, with the exceptions
     *     that {@link ChatCall#of(String)} lists
     * @return the answer
     */
    public Uni<ChatAnswer> complete(String json) {
        return Uni.createFrom().deferred(() -> complete(ChatCall.of(json)));
    }

    /**
     * Asks for a whole answer.
     *
     * @param tree a request in the shape of OpenAI's chat completions
     * @return the answer
     */
    public Uni<ChatAnswer> complete(JsonNode tree) {
        return Uni.createFrom().deferred(() -> complete(ChatCall.of(tree)));
    }

    /**
     * Sends one message of a user, with the standard options: any free model may answer.
     *
     * @param text what the user says
     * @return the answer
     */
    public Uni<ChatAnswer> chat(String text) {
        return chat(List.of(ChatMessage.user(text)), ChatOptions.standard());
    }

    /**
     * Continues a conversation.
     *
     * @param messages everything that was said so far, the newest message last
     * @param options which models may answer, and how
     * @return the answer
     */
    public Uni<ChatAnswer> chat(List<ChatMessage> messages, ChatOptions options) {
        return complete(ChatCall.of(messages, options));
    }

    /**
     * Asks for a stream, and waits for its first token. After the first token there is no fallback to another model.
     *
     * @param call the request; its {@code stream} counts as {@code true}
     * @return the stream; read it or close it, otherwise its connection stays open
     */
    public Uni<ChatStream> open(ChatCall call) {
        return call(() -> library.stream(call.toCall()).map(ChatStream::new), ChatStream::close);
    }

    /**
     * Asks for a stream.
     *
     * @param call the request; its {@code stream} counts as {@code true}
     * @return the chunks as they come, no faster than they are requested; fails with {@link BrokenStreamException} if the
     *     answer breaks off
     */
    public Multi<ChatChunk> stream(ChatCall call) {
        return library.calls().many(open(call).onItem().transformToMulti(ChatStream::chunks));
    }

    /**
     * Asks for a stream.
     *
     * @param json a request in the shape of OpenAI's chat completions, with or without {@code stream}
     * @return as {@link #stream(ChatCall)}
     */
    public Multi<ChatChunk> stream(String json) {
        return Multi.createFrom().deferred(() -> stream(ChatCall.of(json)));
    }

    /**
     * Asks for a stream.
     *
     * @param tree a request in the shape of OpenAI's chat completions, with or without {@code stream}
     * @return as {@link #stream(ChatCall)}
     */
    public Multi<ChatChunk> stream(JsonNode tree) {
        return Multi.createFrom().deferred(() -> stream(ChatCall.of(tree)));
    }

    /**
     * Returns how much of the quota of the builder's key is used up.
     *
     * @return the requests of this minute and of this day, as far as they are known
     */
    public QuotaState quota() {
        return library.quota();
    }

    /**
     * Returns the same router for code that waits for answers.
     *
     * @return a view of this router, which is closed with it
     */
    public BlockingFreeRouter blocking() {
        return new BlockingFreeRouter(this);
    }

    /**
     * Closes this router: its HTTP clients, and everything else that it made. Calls and streams under way fail with an
     * {@link IllegalStateException}, and nothing more is sent to OpenRouter. Whatever was given to the builder stays open.
     * Returns at once; has no effect if the router is closed already.
     */
    @Override
    public void close() {
        library.close();
    }

    LibraryRouter library() {
        return library;
    }

    /** The failure is translated inside the call, so that nothing can drop an answer between the call and its caller. */
    private <T> Uni<T> call(Supplier<Uni<T>> call, Consumer<T> discard) {
        return library.calls()
                .one(
                        () -> Uni.createFrom()
                                .deferred(call::get)
                                .onFailure()
                                .transform(failure -> FreeRouterException.of(failure, library.now())),
                        discard);
    }
}

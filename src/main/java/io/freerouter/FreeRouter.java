package io.freerouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Router;
import io.freerouter.routing.Pace;
import io.freerouter.routing.QuotaState;
import io.freerouter.wire.RequestReader;
import io.freerouter.wire.StreamWish;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Supplier;

/**
 * Answers chat requests from OpenRouter's free models: finds those that are free, asks one, goes on to the next when it
 * fails, and never asks one that costs money. It is the engine of the FreeRouter server, in one's own process.
 *
 * <pre>{@code
 * try (FreeRouter router = FreeRouter.builder().apiKey("sk-or-...").build()) {
 *     System.out.println(router.blocking().chat("Hello").text());
 * }
 * }</pre>
 *
 * <p>Every {@code Uni} and {@code Multi} is cold: nothing is asked before it is subscribed to, each subscription asks anew, and
 * cancelling it closes the calls to the upstream. Items come on an event loop, the caller's own where it is on one, so
 * whoever gets them must not block there. Failures are {@link FreeRouterException}s, or an {@link IllegalStateException} once
 * the router is closed. Safe to use from any thread.
 *
 * <p>The list of models is read when it is needed first, and kept fresh from then on.
 */
public final class FreeRouter implements AutoCloseable {
    private final Core core;
    private final RequestReader requests;
    private final Runnable release;

    FreeRouter(Core core, RequestReader requests, Runnable release) {
        this.core = core;
        this.requests = requests;
        this.release = release;
    }

    /**
     * Begins one with the standard options.
     *
     * @return a builder that nothing is set in
     */
    public static FreeRouterBuilder builder() {
        return new FreeRouterBuilder();
    }

    /**
     * What is free now.
     *
     * @return the models in the upstream's order; fails with {@link NoModelException} if the list cannot be read
     */
    public Uni<List<Model>> models() {
        return begun(() -> core.catalogs().current().map(Catalog::models));
    }

    /**
     * Asks for a whole answer.
     *
     * @param call what is asked; its {@code stream} is taken for {@code false}
     * @return the answer
     */
    public Uni<ChatAnswer> complete(ChatCall call) {
        return begun(() -> ask(call, false, Router::complete)
                .map(answer -> new ChatAnswer(
                        answer.model(), answer.attempts(), answer.content().json())));
    }

    /**
     * Asks for a whole answer.
     *
     * @param json a request in the shape of OpenAI's chat completions; reaches the model as it is, but for {@code model} and
     *     what could cost money
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
     * Says something to whichever model is best placed.
     *
     * @param text what a user says
     * @return the answer
     */
    public Uni<ChatAnswer> chat(String text) {
        return chat(List.of(ChatMessage.user(text)), ChatOptions.standard());
    }

    /**
     * Goes on with a conversation.
     *
     * @param messages all that was said so far, the last message included
     * @param options which models, and how they are to answer
     * @return the answer
     */
    public Uni<ChatAnswer> chat(List<ChatMessage> messages, ChatOptions options) {
        return complete(ChatCall.of(messages, options));
    }

    /**
     * Asks for a stream, and waits for its first token. From then on there is no other model.
     *
     * @param call what is asked; its {@code stream} is taken for {@code true}
     * @return the stream, to be read or closed by whoever gets it
     */
    public Uni<ChatStream> open(ChatCall call) {
        return begun(() ->
                ask(call, true, Router::stream).map(core.loops()::closable).map(ChatStream::new));
    }

    /**
     * Asks for a stream.
     *
     * @param call what is asked; its {@code stream} is taken for {@code true}
     * @return the chunks as they come, no faster than they are asked for; fails with {@link BrokenStreamException} if the
     *     answer breaks off
     */
    public Multi<ChatChunk> stream(ChatCall call) {
        Multi<ChatChunk> chunks = open(call).onItem().transformToMulti(ChatStream::chunks);
        return Multi.createFrom()
                .deferred(() -> core.underway().isClosed() ? chunks : new OnLoop<>(core.loops()::context, chunks));
    }

    /**
     * Asks for a stream.
     *
     * @param json a request in the shape of OpenAI's chat completions, with {@code stream} or without
     * @return as {@link #stream(ChatCall)}
     */
    public Multi<ChatChunk> stream(String json) {
        return Multi.createFrom().deferred(() -> stream(ChatCall.of(json)));
    }

    /**
     * Asks for a stream.
     *
     * @param tree a request in the shape of OpenAI's chat completions, with {@code stream} or without
     * @return as {@link #stream(ChatCall)}
     */
    public Multi<ChatChunk> stream(JsonNode tree) {
        return Multi.createFrom().deferred(() -> stream(ChatCall.of(tree)));
    }

    /**
     * How much is used up of the quota of the builder's key.
     *
     * @return the requests of this minute and this day, as far as they are known
     */
    public QuotaState quota() {
        return core.standard().gate().state();
    }

    /**
     * The same for code that waits.
     *
     * @return a view of this router, which is closed with it
     */
    public BlockingFreeRouter blocking() {
        return new BlockingFreeRouter(this);
    }

    /**
     * Lets go of what this router made, its HTTP clients in any case. Calls and streams under way are closed, and fail with
     * an {@link IllegalStateException}; nothing is asked of the upstream any more. What was given to the builder stays open.
     * Returns at once. Harmless if it is closed already.
     */
    @Override
    public void close() {
        if (core.underway().close()) {
            release.run();
        }
    }

    Core core() {
        return core;
    }

    private <T> Uni<T> ask(ChatCall call, boolean stream, Asking<T> asking) {
        ChatRequest request = StreamWish.of(requests.read(call.body(), call::header), stream);
        Pace pace = call.pace(core.paces());
        return asking.ask(core.router(call.key()), request, pace);
    }

    /** One of the router's two questions. */
    private interface Asking<T> {
        Uni<T> ask(Router router, ChatRequest request, Pace pace);
    }

    private <T> Uni<T> begun(Supplier<Uni<T>> call) {
        return Uni.createFrom()
                .deferred(() -> core.underway().isClosed()
                        ? Uni.createFrom().<T>failure(Underway.over())
                        : core.loops().run(call))
                .onFailure()
                .transform(this::told);
    }

    private Throwable told(Throwable failure) {
        return core.underway().isClosed() ? Underway.over() : core.failures().told(failure);
    }
}

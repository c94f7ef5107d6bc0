package io.freerouter.server.http;

import io.freerouter.engine.Answer;
import io.freerouter.engine.OpenStream;
import io.freerouter.failure.RefusalException;
import io.freerouter.reply.GatewayStreamEvents;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A wait for a stream's first token that its caller can see. After a while the response begins, and comments, which clients
 * ignore (WHATWG HTML 9.2.6), keep it alive until the model speaks. After that, a failure can only be an error event.
 */
final class KeepAliveComments {
    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(10);

    private final CompletableFuture<Answer<OpenStream>> answer = new CompletableFuture<>();
    private final GatewayStreamEvents own;
    private final StreamAbort end;
    private final Ticker ticker;
    private final Cancellable request;
    private Runnable nextComment = () -> {};

    private KeepAliveComments(
            Uni<Answer<OpenStream>> request, GatewayStreamEvents own, StreamAbort end, Ticker ticker) {
        this.own = own;
        this.end = end;
        this.ticker = ticker;
        this.request = request.subscribe().with(answer::complete, answer::completeExceptionally);
    }

    /**
     * The reply, which begins with the first token or when that has been waited for, whichever comes first. Fails as the
     * request does if the request fails before that. Cancelling the reply or its content cancels the request.
     *
     * @param own the gateway's own events and comments
     * @param end ends the stream if it breaks
     * @param patience has an item when the response begins without a token
     */
    static Uni<SuccessResponse> reply(
            Uni<Answer<OpenStream>> request,
            GatewayStreamEvents own,
            StreamAbort end,
            Uni<Void> patience,
            Ticker ticker) {
        return Uni.createFrom().deferred(() -> {
            KeepAliveComments wait = new KeepAliveComments(request, own, end, ticker);
            return Uni.join()
                    .first(
                            wait.answer().map(begun -> ModelRequestHandler.events(begun, own, end)),
                            wait.early(patience))
                    .toTerminate()
                    .onCancellation()
                    .invoke(wait::cancel);
        });
    }

    private Uni<Answer<OpenStream>> answer() {
        return Uni.createFrom()
                .emitter(emitter -> answer.whenComplete((item, failure) -> {
                    if (failure == null) {
                        emitter.complete(item);
                    } else {
                        emitter.fail(failure);
                    }
                }));
    }

    /** An item after this time, which does not run if it is cancelled. */
    static Uni<Void> after(Duration time, Ticker ticker) {
        return Uni.createFrom()
                .emitter(emitter -> emitter.onTermination(ticker.after(time, () -> emitter.complete(null))));
    }

    private Uni<SuccessResponse> early(Uni<Void> patience) {
        return patience.map(over -> SuccessResponse.early(events()));
    }

    private Multi<String> events() {
        Multi<String> spoken = answer().onItem()
                .transformToMulti(
                        begun -> ModelRequestHandler.events(begun, own, end).content())
                .onFailure(RefusalException.class)
                .recoverWithMulti(
                        refused -> end.after(own.refused(((RefusalException) refused).refusal(), ticker.now())));
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().<String>emitter(this::comments), spoken)
                .onCancellation()
                .invoke(this::cancel);
    }

    private void comments(MultiEmitter<? super String> comments) {
        comments.onTermination(() -> nextComment.run());
        answer.whenComplete((item, failure) -> comments.complete());
        if (!answer.isDone()) {
            comment(comments);
        }
    }

    /** Sets the timer first: if the comment finds that the caller has disconnected, the timer is cancelled meanwhile. */
    private void comment(MultiEmitter<? super String> comments) {
        nextComment = ticker.after(BETWEEN_SIGNS, () -> comment(comments));
        comments.emit(own.keepAlive());
    }

    private void cancel() {
        request.cancel();
        answer.thenAccept(begun -> begun.content().close());
    }
}

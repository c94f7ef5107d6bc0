package io.freerouter.http;

import io.freerouter.engine.Answer;
import io.freerouter.engine.OpenStream;
import io.freerouter.failure.Refused;
import io.freerouter.routing.Ticker;
import io.freerouter.wire.StreamWords;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A wait for a stream's first token that its caller can see: after a while the response begins, and comments, which clients
 * pass over (WHATWG HTML 9.2.6), keep it alive until the model speaks. From then on a failure can only be an error event.
 */
final class KeepAlive {
    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(10);

    private final CompletableFuture<Answer<OpenStream>> answer = new CompletableFuture<>();
    private final StreamWords words;
    private final Ticker ticker;
    private final Cancellable request;
    private Runnable nextComment = () -> {};

    private KeepAlive(Uni<Answer<OpenStream>> request, StreamWords words, Ticker ticker) {
        this.words = words;
        this.ticker = ticker;
        this.request = request.subscribe().with(answer::complete, answer::completeExceptionally);
    }

    /**
     * The reply, which begins with the first token or once it has been waited for, whichever is first. Fails as the
     * request does if it does so before that. Cancelling it, or its content, cancels the request.
     *
     * @param words what is said in it beside what the model says
     * @param after how long nothing is sent
     */
    static Uni<Reply> reply(Uni<Answer<OpenStream>> request, StreamWords words, Duration after, Ticker ticker) {
        return Uni.createFrom().deferred(() -> {
            KeepAlive wait = new KeepAlive(request, words, ticker);
            return Uni.join()
                    .first(wait.answer().map(begun -> Answers.events(begun, words)), wait.early(after))
                    .toTerminate()
                    .onCancellation()
                    .invoke(wait::leave);
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

    private Uni<Reply> early(Duration after) {
        return Uni.createFrom().emitter(emitter -> {
            Runnable callOff = ticker.after(after, () -> emitter.complete(Reply.early(events())));
            emitter.onTermination(callOff);
        });
    }

    private Multi<String> events() {
        Multi<String> spoken = answer().onItem()
                .transformToMulti(begun -> Answers.events(begun, words).content())
                .onFailure(Refused.class)
                .recoverWithItem(refused -> words.refused(((Refused) refused).refusal(), ticker.now()));
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().<String>emitter(this::comments), spoken)
                .onCancellation()
                .invoke(this::leave);
    }

    private void comments(MultiEmitter<? super String> comments) {
        comments.onTermination(() -> nextComment.run());
        answer.whenComplete((item, failure) -> comments.complete());
        if (!answer.isDone()) {
            comment(comments);
        }
    }

    /** Sets the timer first, since a caller found to be gone calls it off while the comment is emitted. */
    private void comment(MultiEmitter<? super String> comments) {
        nextComment = ticker.after(BETWEEN_SIGNS, () -> comment(comments));
        comments.emit(words.waiting());
    }

    private void leave() {
        request.cancel();
        answer.thenAccept(begun -> begun.content().close());
    }
}

package io.freerouter.engine;

import io.freerouter.catalog.ModelId;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.Needs;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Sends identical requests that run at the same time once, and gives the answer to all of them. The call is cancelled when the
 * last of its requests is cancelled. Safe to use from any thread.
 */
public final class CoalescedRequests {
    private static final ModelId ANY = new ModelId("any");

    private final Ticker ticker;
    private final Map<Key, Call> running = new ConcurrentHashMap<>();

    /** @param ticker knows the event loop of each caller */
    public CoalescedRequests(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Everything that an answer depends on. */
    private record Key(
            Dialect dialect,
            List<ByteBuffer> body,
            Needs needs,
            HedgingPolicy hedging,
            Map<String, String> headers,
            AnswerChecks verification) {
        static Key of(ChatRequest request, HedgingPolicy hedging) {
            List<ByteBuffer> body = request.body().forModel(ANY, 0, Long.MAX_VALUE);
            return new Key(
                    request.dialect(), body, request.needs(), hedging, request.headers(), request.verification());
        }
    }

    private static final class Call {
        private final CompletableFuture<Answer<Completion>> answer = new CompletableFuture<>();
        /** How many requests wait for the answer. Changed only within the map's atomic operations. */
        private int waiting;
    }

    /**
     * The answer to a request: of the call that runs for an identical one, or of a new call. Comes on the caller's event loop.
     *
     * @param ask makes a new call
     * @param share is applied to the answer of a call that another request has made
     */
    Uni<Answer<Completion>> of(
            ChatRequest request,
            HedgingPolicy hedging,
            Supplier<Uni<Answer<Completion>>> ask,
            UnaryOperator<Uni<Answer<Completion>>> share) {
        Key key = Key.of(request, hedging);
        return Uni.createFrom()
                .deferred(() -> {
                    Call mine = new Call();
                    Call call = join(key, mine);
                    if (call == mine) {
                        start(key, call, ask.get());
                    }
                    Uni<Answer<Completion>> answer = Uni.createFrom().completionStage(call.answer.copy());
                    return (call == mine ? answer : share.apply(answer))
                            .onCancellation()
                            .invoke(() -> disconnect(key, call));
                })
                .emitOn(ticker.here());
    }

    private Call join(Key key, Call mine) {
        return running.compute(key, (same, other) -> {
            Call joined = other == null ? mine : other;
            joined.waiting++;
            return joined;
        });
    }

    /** A request that comes after the answer makes a call of its own, so the call is removed before anybody gets the answer. */
    private void start(Key key, Call call, Uni<Answer<Completion>> answer) {
        Cancellable started = answer.onTermination()
                .invoke(() -> running.remove(key, call))
                .subscribe()
                .with(call.answer::complete, call.answer::completeExceptionally);
        call.answer.whenComplete((item, failure) -> started.cancel());
    }

    private void disconnect(Key key, Call call) {
        AtomicBoolean last = new AtomicBoolean();
        running.computeIfPresent(key, (same, current) -> {
            last.set(current == call && --call.waiting == 0);
            return last.get() ? null : current;
        });
        if (last.get()) {
            call.answer.cancel(false);
        }
    }
}

package io.freerouter.engine;

import io.freerouter.catalog.ModelId;
import io.freerouter.routing.Needs;
import io.freerouter.routing.Pace;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lets identical requests that come while the first of them is being answered have its answer. It is given up once nobody
 * waits for it any more. Safe to use from any thread; calls nobody while it holds its lock.
 */
final class SharedAnswers {
    private static final ModelId ANY = new ModelId("any");

    private final Ticker ticker;
    private final Map<Key, Call> underway = new HashMap<>();

    SharedAnswers(Ticker ticker) {
        this.ticker = ticker;
    }

    /** All that an answer depends on. */
    private record Key(Dialect dialect, ByteBuffer body, Needs needs, Pace pace) {
        static Key of(ChatRequest request, Pace pace) {
            ByteBuffer body = ByteBuffer.wrap(request.body().forModel(ANY, 0, Long.MAX_VALUE));
            return new Key(request.dialect(), body, request.needs(), pace);
        }
    }

    private static final class Call {
        private final Set<UniEmitter<? super Answer<Completion>>> waiting = new LinkedHashSet<>();
        private Optional<Cancellable> cancel = Optional.empty();
        private boolean over;
    }

    /** The answer to a request, asked for unless it is already; comes on the caller's event loop. */
    Uni<Answer<Completion>> of(ChatRequest request, Pace pace, Supplier<Uni<Answer<Completion>>> ask) {
        Key key = Key.of(request, pace);
        return Uni.createFrom()
                .<Answer<Completion>>emitter(emitter -> {
                    Call mine = new Call();
                    Call call = join(key, mine, emitter);
                    emitter.onTermination(() -> leave(key, call, emitter));
                    if (call == mine) {
                        begin(key, call, ask.get());
                    }
                })
                .emitOn(ticker.here());
    }

    private synchronized Call join(Key key, Call mine, UniEmitter<? super Answer<Completion>> emitter) {
        Call call = underway.computeIfAbsent(key, first -> mine);
        call.waiting.add(emitter);
        return call;
    }

    private void begin(Key key, Call call, Uni<Answer<Completion>> answer) {
        Cancellable started = answer.subscribe()
                .with(
                        item -> end(key, call, emitter -> emitter.complete(item)),
                        failure -> end(key, call, emitter -> emitter.fail(failure)));
        if (!keep(call, started)) {
            started.cancel();
        }
    }

    /** False if everybody has left before it had begun. */
    private synchronized boolean keep(Call call, Cancellable started) {
        call.cancel = Optional.of(started);
        return call.over || !call.waiting.isEmpty();
    }

    private void end(Key key, Call call, Consumer<UniEmitter<? super Answer<Completion>>> tell) {
        close(key, call).forEach(tell);
    }

    private synchronized List<UniEmitter<? super Answer<Completion>>> close(Key key, Call call) {
        call.over = true;
        underway.remove(key, call);
        return List.copyOf(call.waiting);
    }

    private void leave(Key key, Call call, UniEmitter<? super Answer<Completion>> emitter) {
        left(key, call, emitter).ifPresent(Cancellable::cancel);
    }

    /** What to cancel, if this was the last who waited. */
    private synchronized Optional<Cancellable> left(
            Key key, Call call, UniEmitter<? super Answer<Completion>> emitter) {
        call.waiting.remove(emitter);
        if (call.over || !call.waiting.isEmpty()) {
            return Optional.empty();
        }
        underway.remove(key, call);
        return call.cancel;
    }
}

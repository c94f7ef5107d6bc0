package io.freerouter.engine;

import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Refusal;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** An upstream whose calls are ended by hand, from any thread. */
final class HandUpstream implements Upstream {
    private final Map<String, Call> calls = new ConcurrentHashMap<>();

    /** One call, open until it fails or is closed. */
    private static final class Call implements OpenStream {
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile UniEmitter<? super OpenStream> emitter;

        @Override
        public Multi<String> events() {
            return Multi.createFrom().nothing();
        }

        @Override
        public AnswerMetadata metadata() {
            return AnswerMetadata.NONE;
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public void close() {
            over.set(true);
        }
    }

    /** A model says its first token. */
    void answer(String model) {
        Call call = calls.get(model);
        call.emitter.complete(call);
    }

    /** A model fails. */
    void fail(String model, Failure failure) {
        Call call = calls.get(model);
        call.close();
        call.emitter.fail(new AttemptException(failure));
    }

    /** How many calls are open. */
    long openCalls() {
        return calls.values().stream().filter(call -> !call.over.get()).count();
    }

    @Override
    public Optional<Refusal> refusesAll() {
        return Optional.empty();
    }

    @Override
    public Uni<Completion> complete(UpstreamRequest question, CallWatch mayWrite) {
        throw new UnsupportedOperationException("Only streams");
    }

    @Override
    public Uni<OpenStream> stream(UpstreamRequest question, CallWatch mayWrite) {
        return Uni.createFrom().deferred(() -> {
            Call call = new Call();
            calls.put(question.model().value(), call);
            mayWrite.getAsBoolean();
            return Uni.createFrom()
                    .<OpenStream>emitter(emitter -> call.emitter = emitter)
                    .onCancellation()
                    .invoke(call::close);
        });
    }
}

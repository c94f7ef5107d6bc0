package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.ManualTime;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LeavingOnAnotherThreadTest {
    private static final int ROUNDS = 5_000;

    /** A stream of which only matters whether somebody has closed it. */
    private static final class Closeable implements OpenStream {
        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public Multi<String> events() {
            return Multi.createFrom().nothing();
        }

        @Override
        public Findings findings() {
            return Findings.NONE;
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    @Test
    void an_answer_that_meets_a_leaving_caller_halfway_is_either_delivered_or_closed() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                meet(threads);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void meet(ExecutorService threads) throws Exception {
        ManualTime time = new ManualTime();
        Closeable stream = new Closeable();
        CyclicBarrier together = new CyclicBarrier(2);
        UniEmitter<?>[] source = new UniEmitter<?>[1];
        Uni<OpenStream> call = Uni.createFrom()
                .<OpenStream>emitter(emitter -> source[0] = emitter)
                .onCancellation()
                .invoke(stream::close);
        Grip<OpenStream> grip = new Grip<>(Duration.ofSeconds(1), time, OpenStream::close);
        UniAssertSubscriber<OpenStream> caller = grip.on(call)
                .map(answer -> answer)
                .onCancellation()
                .invoke(grip::letGo)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        Future<?> answers = threads.submit(() -> {
            together.await();
            complete(source[0], stream);
            return null;
        });
        Future<?> leaves = threads.submit(() -> {
            together.await();
            caller.cancel();
            return null;
        });
        answers.get();
        leaves.get();

        assertThat(caller.getItem() != null || stream.closed.get()).isTrue();
        assertThat(time.pending()).isZero();
    }

    @SuppressWarnings("unchecked")
    private static void complete(UniEmitter<?> emitter, OpenStream stream) {
        ((UniEmitter<OpenStream>) emitter).complete(stream);
    }
}

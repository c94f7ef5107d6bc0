package io.freerouter.engine.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DisconnectOnAnotherThreadTest {
    private static final int ROUNDS = 5_000;

    @Test
    void an_answer_that_meets_a_disconnecting_caller_halfway_is_either_delivered_or_discarded() throws Exception {
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
        HandRace race = new HandRace(1, () -> {}).begin("a");
        CyclicBarrier together = new CyclicBarrier(2);

        Future<?> answers = threads.submit(() -> {
            together.await();
            race.call("a").answer("x");
            return null;
        });
        Future<?> disconnects = threads.submit(() -> {
            together.await();
            race.caller.cancel();
            return null;
        });
        answers.get();
        disconnects.get();

        assertThat(race.caller.getItem() != null || race.discarded.contains("x"))
                .as("delivered or discarded, %s", race.recorded.lines())
                .isTrue();
        assertThat(race.time.pending()).isZero();
    }
}

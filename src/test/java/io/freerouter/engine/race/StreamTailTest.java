package io.freerouter.engine.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.ModelHealth;
import io.freerouter.engine.OpenStream;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.ModelStatistics;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.RecordingListener;
import io.freerouter.testing.TestRequests;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A timer may fire on another thread than the one the stream's events come on. */
class StreamTailTest {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final RecordingListener recorded = new RecordingListener(time);
    private final UnicastProcessor<String> source = UnicastProcessor.create();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private volatile boolean finished;

    /** Notes every signal, and whether two of them ever overlapped. */
    private static final class Reader implements MultiSubscriber<String> {
        private final List<String> signals = new CopyOnWriteArrayList<>();
        private final AtomicInteger inside = new AtomicInteger();
        private final Runnable whileTaking;
        private volatile boolean overlapped;
        private volatile Subscription subscription;

        Reader(Runnable whileTaking) {
            this.whileTaking = whileTaking;
        }

        @Override
        public void onSubscribe(Subscription begun) {
            subscription = begun;
            begun.request(Long.MAX_VALUE);
        }

        @Override
        public void onItem(String item) {
            signal(item, whileTaking);
        }

        @Override
        public void onFailure(Throwable failure) {
            signal(failure.getMessage(), () -> {});
        }

        @Override
        public void onCompletion() {
            signal("completed", () -> {});
        }

        private void signal(String words, Runnable then) {
            overlapped |= inside.incrementAndGet() > 1;
            signals.add(words);
            then.run();
            inside.decrementAndGet();
        }
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private void read(Reader reader) {
        Duration rest = Duration.ofMinutes(1);
        ModelHealth health = new ModelHealth(
                new Cooldowns(new CooldownRules(rest, rest, rest, rest), () -> 0.5), new ModelStatistics(), time);
        OutcomeRecorder outcomes = new OutcomeRecorder(
                1, TestRequests.chat(HandRace.NEEDS, true, (model, own, output) -> List.of()), health, recorded, time);
        OpenStream stream = new OpenStream() {
            @Override
            public Multi<String> events() {
                return source;
            }

            @Override
            public AnswerMetadata metadata() {
                return AnswerMetadata.NONE;
            }

            @Override
            public boolean isFinished() {
                return finished;
            }

            @Override
            public void close() {}
        };
        new StreamTail(stream, new ModelId("a"), IDLE, outcomes, time).subscribe(reader);
    }

    @Test
    void the_idle_limit_waits_for_a_reader_that_takes_an_item_on_another_thread() throws Exception {
        CountDownLatch taking = new CountDownLatch(1);
        CountDownLatch expired = new CountDownLatch(1);
        Reader reader = new Reader(() -> {
            taking.countDown();
            await(expired);
        });
        read(reader);

        Future<?> item = threads.submit(() -> source.onNext("x"));
        await(taking);
        time.advance(IDLE);
        assertThat(reader.signals).containsExactly("x");
        expired.countDown();
        item.get();

        assertThat(reader.signals).containsExactly("x", "timed out");
        assertThat(reader.overlapped).isFalse();
        assertThat(recorded.lines()).containsExactly("10000 break a timed out, cools down until 70000");
    }

    @Test
    void signals_are_serial_and_the_end_is_reported_once_whatever_comes_together() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            StreamTailTest one = new StreamTailTest();
            Reader reader = new Reader(() -> {});
            one.read(reader);
            one.time.advance(IDLE.minusMillis(1));
            CyclicBarrier together = new CyclicBarrier(2);
            Future<?> items = threads.submit(() -> {
                together.await();
                one.source.onNext("x");
                one.source.onError(new AttemptException(Failure.of(FailureKind.BROKEN)));
                return null;
            });
            Future<?> timer = threads.submit(() -> {
                together.await();
                one.time.advance(Duration.ofMillis(1));
                return null;
            });
            items.get();
            timer.get();

            assertThat(reader.overlapped).isFalse();
            assertThat(reader.signals.get(reader.signals.size() - 1)).isIn("timed out", "connection broken");
            assertThat(reader.signals).hasSizeLessThanOrEqualTo(2);
            assertThat(one.recorded.lines()).hasSize(1);
            assertThat(one.time.pending()).isZero();
            one.stop();
        }
    }

    @Test
    void a_reader_that_cancels_after_the_end_is_reported_once() {
        Reader reader = new Reader(() -> {});
        read(reader);
        source.onNext("x");
        source.onComplete();
        reader.subscription.cancel();

        assertThat(reader.signals).containsExactly("x", "completed");
        assertThat(recorded.lines()).containsExactly("0 end a");
    }

    @Test
    void a_reader_may_cancel_while_it_takes_an_item() {
        Reader[] reader = new Reader[1];
        reader[0] = new Reader(() -> reader[0].subscription.cancel());
        read(reader[0]);
        source.onNext("x");
        source.onNext("y");
        time.advance(IDLE);

        assertThat(reader[0].signals).containsExactly("x");
        assertThat(recorded.lines()).containsExactly("0 leave");
        assertThat(time.pending()).isZero();
    }

    @Test
    void a_demand_of_nothing_is_an_error_of_the_reader() {
        Reader reader = new Reader(() -> {});
        read(reader);
        reader.subscription.request(0);

        assertThat(reader.signals).hasSize(1);
        assertThat(time.pending()).isZero();
    }

    @Test
    void a_finished_stream_ends_without_another_word() {
        Reader reader = new Reader(() -> {});
        read(reader);
        finished = true;
        source.onNext("x");
        time.advance(StreamTail.AFTER_FINISH);

        assertThat(reader.signals).containsExactly("x", "completed");
        assertThat(recorded.lines()).containsExactly("2000 end a");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("The test was stopped", stopped);
        }
    }
}

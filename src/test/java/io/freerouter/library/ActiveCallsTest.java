package io.freerouter.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ActiveCallsTest {
    private static final int ROUNDS = 5_000;

    private static Vertx vertx;
    private static Context loop;

    private final ActiveCalls calls = new ActiveCalls(vertx);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<Context> places = new CopyOnWriteArrayList<>();
    private final Multi<Integer> items = Multi.createFrom()
            .items(1, 2, 3)
            .onSubscription()
            .invoke(() -> see("subscribe"))
            .onRequest()
            .invoke(count -> see("request " + count))
            .onCancellation()
            .invoke(() -> see("cancel"));

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        loop = vertx.getOrCreateContext();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void see(String what) {
        seen.add(what);
        places.add(Vertx.currentContext());
    }

    /** Does something in a turn of the event loop, after everything that is to be done there already. */
    private static void turn(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.runOnContext(turn -> {
            work.run();
            done.complete(null);
        });
        done.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private AssertSubscriber<Integer> read(long demand) {
        return calls.many(items).subscribe().withSubscriber(AssertSubscriber.create(demand));
    }

    @Test
    void a_stream_is_subscribed_to_asked_and_cancelled_on_one_event_loop() {
        var reader = read(1);
        turn(() -> {});
        reader.request(1);
        turn(() -> {});
        reader.cancel();
        turn(() -> {});

        assertThat(seen).containsExactly("subscribe", "request 1", "request 1", "cancel");
        assertThat(places).doesNotContainNull().containsOnly(places.get(0));
        reader.assertItems(1, 2);
    }

    @Test
    void a_demand_before_the_stream_has_begun_is_kept() {
        read(2);
        turn(() -> {});

        assertThat(seen).containsExactly("subscribe", "request 2");
    }

    @Test
    void a_stream_that_is_cancelled_before_it_has_begun_does_not_begin() {
        turn(() -> read(1).cancel());
        turn(() -> {});

        assertThat(seen).isEmpty();
    }

    @Test
    void a_stream_whose_event_loop_has_ended_can_be_cancelled() {
        Vertx own = Vertx.vertx();
        var reader = new ActiveCalls(own)
                .many(items)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(1))
                .awaitNextItem();
        own.close().toCompletionStage().toCompletableFuture().join();

        reader.request(1).cancel();
        reader.assertNotTerminated();
    }

    @Test
    void the_end_of_a_stream_reaches_its_reader() {
        read(Long.MAX_VALUE).awaitCompletion().assertItems(1, 2, 3);
    }

    @Test
    void a_call_that_is_cancelled_before_it_has_begun_does_not_begin() {
        Uni<Integer> call = calls.one(
                () -> {
                    see("begin");
                    return Uni.createFrom().nothing();
                },
                late -> see("late"));
        turn(() -> onAnotherThread(() ->
                call.subscribe().withSubscriber(UniAssertSubscriber.create()).cancel()));
        turn(() -> {});

        assertThat(seen).isEmpty();
        assertThat(calls.isEmpty()).isTrue();
    }

    private static void onAnotherThread(Runnable work) {
        CompletableFuture.runAsync(work, task -> new Thread(task).start())
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void a_call_that_begins_after_the_close_fails() {
        calls.close();

        calls.one(() -> Uni.createFrom().item(1), late -> {})
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .awaitFailure()
                .assertFailedWith(IllegalStateException.class, "closed");
    }

    /** What an answer holds open. */
    private static final class Resource {
        private volatile boolean closed;

        void close() {
            closed = true;
        }
    }

    @Test
    void an_answer_that_meets_a_cancellation_halfway_is_either_delivered_or_closed() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                meet(threads);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(calls.isEmpty()).isTrue();
    }

    private void meet(ExecutorService threads) throws Exception {
        Resource resource = new Resource();
        AtomicReference<UniEmitter<? super Resource>> answer = new AtomicReference<>();
        CyclicBarrier together = new CyclicBarrier(2);
        UniAssertSubscriber<Resource> caller = calls.one(
                        () -> Uni.createFrom()
                                .<Resource>emitter(answer::set)
                                .onCancellation()
                                .invoke(resource::close)
                                .map(delivered -> delivered)
                                .onFailure()
                                .transform(failure -> failure),
                        Resource::close)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        turn(() -> {});

        Future<?> cancellation = threads.submit(() -> {
            together.await();
            caller.cancel();
            return null;
        });
        together.await();
        turn(() -> answer.get().complete(resource));
        cancellation.get();
        turn(() -> {});

        assertThat(caller.getItem() != null || resource.closed).isTrue();
    }
}

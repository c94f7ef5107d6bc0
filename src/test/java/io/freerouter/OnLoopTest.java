package io.freerouter;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OnLoopTest {
    private static Vertx vertx;

    private final Context loop = vertx.getOrCreateContext();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Multi<Integer> stream = new OnLoop<>(
            () -> loop,
            Multi.createFrom()
                    .items(1, 2, 3)
                    .onSubscription()
                    .invoke(() -> hear("subscribe"))
                    .onRequest()
                    .invoke(count -> hear("request " + count))
                    .onCancellation()
                    .invoke(() -> hear("cancel")));

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void hear(String what) {
        heard.add(Vertx.currentContext() == loop ? what : what + " elsewhere");
    }

    /** Does something in a turn of the loop, after all that is to be done there already. */
    private void turn(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.runOnContext(turn -> {
            work.run();
            done.complete(null);
        });
        done.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private AssertSubscriber<Integer> subscribe(long demand) {
        return stream.subscribe().withSubscriber(AssertSubscriber.create(demand));
    }

    @Test
    void all_that_is_said_is_heard_on_the_loop() {
        var reader = subscribe(1);
        turn(() -> {});
        reader.request(1);
        turn(() -> {});
        reader.cancel();
        turn(() -> {});

        assertThat(heard).containsExactly("subscribe", "request 1", "request 1", "cancel");
        reader.assertItems(1, 2);
    }

    @Test
    void what_is_asked_before_the_stream_has_begun_is_not_forgotten() {
        subscribe(2);
        turn(() -> {});

        assertThat(heard).containsExactly("subscribe", "request 2");
    }

    @Test
    void whoever_leaves_before_the_stream_has_begun_asks_nobody() {
        turn(() -> subscribe(1).cancel());
        turn(() -> {});

        assertThat(heard).isEmpty();
    }

    @Test
    void a_loop_that_has_ended_can_be_left() {
        Vertx own = Vertx.vertx();
        Context ended = own.getOrCreateContext();
        var reader = new OnLoop<>(() -> ended, stream)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(0))
                .awaitNextItem();
        own.close().toCompletionStage().toCompletableFuture().join();

        reader.request(1).cancel();
        reader.assertNotTerminated();
    }

    @Test
    void an_end_is_handed_on() {
        subscribe(Long.MAX_VALUE).awaitCompletion().assertItems(1, 2, 3);
    }
}

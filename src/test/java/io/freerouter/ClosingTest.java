package io.freerouter;

import static io.freerouter.LibraryBench.FIRST;
import static io.freerouter.LibraryBench.PATIENCE;
import static io.freerouter.LibraryBench.REQUEST;
import static io.freerouter.LibraryBench.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.engine.RouterEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of that which is under way as a router is closed. */
class ClosingTest {
    private static final AnswerScript SPEAKS_AND_HANGS =
            AnswerScript.begin().text("Well").hang();

    private final LibraryBench bench = new LibraryBench();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        bench.close();
    }

    private static void assertOver(CompletableFuture<?> call) {
        assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This FreeRouter is closed");
    }

    private static CompletableFuture<?> begun(Uni<?> call) {
        return call.subscribeAsCompletionStage();
    }

    /** Returns when whatever was begun before has come as far as it gets without others. */
    private static void settle(Vertx vertx) throws Exception {
        for (var loop : vertx.nettyEventLoopGroup()) {
            loop.submit(() -> {}).get(20, TimeUnit.SECONDS);
        }
    }

    private FreeRouterBuilder oneAMinute() {
        return bench.builder().quota(q -> q.requestsPerMinute(1).maxWait(Duration.ofSeconds(90)));
    }

    private void assertThatWhoeverIsQueuedIsTold(FreeRouter router) throws Exception {
        now(router.complete(REQUEST));
        CompletableFuture<?> queued = begun(router.complete(REQUEST));
        settle(router.library().vertx());
        router.close();
        assertOver(queued);
        assertThat(bench.upstream.asked()).hasSize(1);
    }

    @Test
    void whoever_waits_for_the_quota_is_told() throws Exception {
        assertThatWhoeverIsQueuedIsTold(oneAMinute().build());
    }

    @Test
    void whoever_waits_for_the_quota_on_a_vertx_that_was_given_is_told() throws Exception {
        assertThatWhoeverIsQueuedIsTold(oneAMinute().vertx(vertx).build());
    }

    @Test
    void whoever_waits_for_the_list_of_models_is_told() {
        bench.upstream.models(AnswerScript.begin().hang());
        FreeRouter router = bench.builder().build();
        CompletableFuture<?> call = begun(router.complete(REQUEST));
        bench.upstream.awaitCatalogReads(1, PATIENCE);
        router.close();
        assertOver(call);
    }

    @Test
    void whoever_waits_for_an_answer_is_told_and_no_model_is_blamed() {
        bench.upstream.script(FIRST, CannedAnswers.hangs(), CannedAnswers.answers("From the first"));
        try (FreeRouter owner = bench.builder().build()) {
            Queue<RouterEvent> recorded = new ConcurrentLinkedQueue<>();
            FreeRouter guest =
                    bench.builder().sharing(owner).listener(recorded::add).build();
            CompletableFuture<?> call = begun(guest.complete(REQUEST));
            bench.upstream.awaitOpenCalls(1, PATIENCE);
            guest.close();
            assertOver(call);
            bench.upstream.awaitOpenCalls(0, PATIENCE);
            assertThat(now(owner.complete(REQUEST)).text()).isEqualTo("From the first");
            assertThat(recorded).noneMatch(RouterEvent.Failed.class::isInstance);
        }
    }

    @Test
    void whoever_reads_a_stream_is_told_and_no_model_is_blamed() throws Exception {
        bench.upstream.script(FIRST, SPEAKS_AND_HANGS, CannedAnswers.answers("From the first"));
        try (FreeRouter owner = bench.builder().build()) {
            FreeRouter guest = bench.builder().sharing(owner).build();
            CompletableFuture<ChatChunk> first = new CompletableFuture<>();
            CompletableFuture<?> all = begun(
                    guest.stream(REQUEST).invoke(first::complete).collect().asList());
            first.get(20, TimeUnit.SECONDS);
            guest.close();
            assertOver(all);
            bench.upstream.awaitOpenCalls(0, PATIENCE);
            assertThat(now(owner.complete(REQUEST)).text()).isEqualTo("From the first");
        }
    }

    @Test
    void whoever_reads_a_stream_too_late_is_told_and_no_model_is_blamed() {
        bench.upstream.script(FIRST, SPEAKS_AND_HANGS, CannedAnswers.answers("From the first"));
        try (FreeRouter owner = bench.builder().build()) {
            FreeRouter guest = bench.builder().sharing(owner).build();
            try (ChatStream stream = now(guest.open(ChatCall.of(REQUEST)))) {
                guest.close();
                bench.upstream.awaitOpenCalls(0, PATIENCE);
                assertOver(begun(stream.chunks().collect().asList()));
            }
            assertThat(now(owner.complete(REQUEST)).text()).isEqualTo("From the first");
        }
    }

    @Test
    void a_stream_may_be_closed_after_its_router() {
        bench.upstream.script(FIRST, SPEAKS_AND_HANGS);
        FreeRouter router = bench.builder().build();
        try (ChatStream stream = now(router.open(ChatCall.of(REQUEST)))) {
            router.close();
            bench.upstream.awaitOpenCalls(0, PATIENCE);
            assertThat(stream.model().value()).isEqualTo(FIRST);
        }
    }

    @Test
    void a_vertx_that_was_given_may_be_closed_first() {
        bench.upstream.script(FIRST, CannedAnswers.hangs());
        Vertx given = Vertx.vertx();
        FreeRouter router = bench.builder().vertx(given).build();
        begun(router.complete(REQUEST));
        bench.upstream.awaitOpenCalls(1, PATIENCE);
        given.close().toCompletionStage().toCompletableFuture().join();
        router.close();
        assertOver(begun(router.complete(REQUEST)));
    }

    @Test
    void what_is_over_is_forgotten() throws Exception {
        try (FreeRouter router = bench.builder().build()) {
            now(router.complete(REQUEST));
            now(router.stream(REQUEST).collect().asList());
            settle(router.library().vertx());
            assertThat(router.library().calls().isEmpty()).isTrue();
        }
    }
}

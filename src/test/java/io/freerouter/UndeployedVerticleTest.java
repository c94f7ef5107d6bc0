package io.freerouter;

import static io.freerouter.LibraryBench.FIRST;
import static io.freerouter.LibraryBench.KEY;
import static io.freerouter.LibraryBench.PATIENCE;
import static io.freerouter.LibraryBench.REQUEST;
import static io.freerouter.LibraryBench.now;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.smallrye.mutiny.Uni;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A router that was first called from a verticle, which is gone. */
class UndeployedVerticleTest {
    private final LibraryBench bench = new LibraryBench();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    @AfterEach
    void close() {
        end(vertx.close());
        bench.close();
    }

    private static <T> T end(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Starts once its call has ended, and is told on which context that was. */
    private static final class Caller extends AbstractVerticle {
        private final Supplier<Uni<?>> call;
        private Context recorded;

        Caller(Supplier<Uni<?>> call) {
            this.call = call;
        }

        @Override
        public void start(Promise<Void> started) {
            call.get()
                    .subscribe()
                    .with(
                            item -> {
                                recorded = Vertx.currentContext();
                                started.complete();
                            },
                            started::fail);
        }

        Context own() {
            return context;
        }
    }

    private Caller callOnce(Supplier<Uni<?>> call) {
        Caller caller = new Caller(call);
        end(vertx.undeploy(end(vertx.deployVerticle(caller))));
        return caller;
    }

    @Test
    void a_verticle_gets_its_answer_on_its_own_context() {
        try (FreeRouter router = bench.builder().vertx(vertx).build()) {
            Caller caller = callOnce(() -> router.complete(REQUEST));
            assertThat(caller.recorded).isSameAs(caller.own());
        }
    }

    @Test
    void others_are_answered_after_it() {
        try (FreeRouter router = bench.builder().vertx(vertx).build()) {
            callOnce(() -> router.complete(REQUEST));
            assertThat(now(router.complete(REQUEST)).text()).isEqualTo("From the first");
            assertThat(now(router.complete(ChatCall.of(REQUEST).withKey(KEY + 2)))
                            .text())
                    .isEqualTo("From the first");
        }
    }

    @Test
    void the_list_of_models_stays_fresh() {
        Duration ttl = Duration.ofMillis(300);
        try (FreeRouter router =
                bench.builder().vertx(vertx).catalog(c -> c.ttl(ttl)).build()) {
            callOnce(router::models);
            bench.upstream.awaitCatalogReads(3, PATIENCE);
        }
    }

    @Test
    void a_call_that_it_left_behind_still_ends_in_time() throws Exception {
        bench.upstream.script(FIRST, AnswerScript.begin().hang());
        CompletableFuture<ChatAnswer> answer = new CompletableFuture<>();
        try (FreeRouter router = bench.builder()
                .vertx(vertx)
                .requestTimeout(Duration.ofSeconds(1))
                .build()) {
            String id = end(vertx.deployVerticle(new AbstractVerticle() {
                @Override
                public void start() {
                    router.complete(REQUEST).subscribe().with(answer::complete, answer::completeExceptionally);
                }
            }));
            bench.upstream.awaitOpenCalls(1, PATIENCE);
            end(vertx.undeploy(id));
            assertThat(answer.get(20, TimeUnit.SECONDS).text()).isEqualTo("From the second");
        }
    }
}

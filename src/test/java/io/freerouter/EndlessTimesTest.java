package io.freerouter;

import static io.freerouter.LibraryBench.FIRST;
import static io.freerouter.LibraryBench.REQUEST;
import static io.freerouter.LibraryBench.now;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Options that are set to never. */
class EndlessTimesTest {
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private final LibraryBench bench = new LibraryBench();

    @AfterEach
    void close() {
        bench.close();
    }

    private FreeRouterBuilder endless() {
        return bench.builder()
                .requestTimeout(FOREVER)
                .upstream(u -> u.connectTimeout(FOREVER))
                .catalog(c -> c.ttl(FOREVER))
                .cooldown(c ->
                        c.duration(FOREVER).timeout(FOREVER).unsuited(FOREVER).max(FOREVER))
                .race(r -> r.firstTokenTimeout(FOREVER)
                        .idleTimeout(FOREVER)
                        .hedgeDelay(FOREVER)
                        .minHedgeDelay(FOREVER))
                .quota(q -> q.requestsPerMinute(3).maxWait(FOREVER));
    }

    @Test
    void calls_are_answered() {
        bench.upstream.script(FIRST, CannedTestAnswers.serverError(500), CannedAnswers.answers("From the first"));
        try (FreeRouter router = endless().build()) {
            assertThat(now(router.complete(REQUEST)).text()).isEqualTo("From the second");
            assertThat(now(router.stream(REQUEST).collect().asList())).isNotEmpty();
        }
    }

    @Test
    void requests_wait_for_the_quota() throws Exception {
        try (FreeRouter router = endless().quota(q -> q.requestsPerMinute(1)).build()) {
            now(router.complete(REQUEST));
            CompletableFuture<ChatAnswer> queued = router.complete(REQUEST).subscribeAsCompletionStage();
            for (var loop : router.library().vertx().nettyEventLoopGroup()) {
                loop.submit(() -> {}).get(20, TimeUnit.SECONDS);
            }
            assertThat(queued).isNotDone();
        }
    }
}

package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.ManualTime;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UpstreamCallTest {
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    private static Vertx vertx;

    private final ManualTime time = new ManualTime();
    private final UpstreamCall call = new UpstreamCall(vertx.getOrCreateContext(), time, () -> true);

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void nothing_of_an_exchange_stays_in_memory_for_the_timer_that_would_have_closed_it() {
        call.closeAfter(A_WHILE);
        assertThat(time.pending()).isEqualTo(1);

        call.end();
        assertThat(time.pending()).isZero();
    }

    @Test
    void an_exchange_that_is_over_needs_no_timer() {
        call.end();
        call.closeAfter(A_WHILE);

        assertThat(time.pending()).isZero();
    }
}

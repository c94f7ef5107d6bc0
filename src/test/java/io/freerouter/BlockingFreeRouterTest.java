package io.freerouter;

import static io.freerouter.LibraryBench.FIRST;
import static io.freerouter.LibraryBench.PATIENCE;
import static io.freerouter.LibraryBench.REQUEST;
import static io.freerouter.LibraryBench.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.openrouter.json.ExactJson;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockingFreeRouterTest {
    private final LibraryBench bench = new LibraryBench();
    private final FreeRouter router = bench.builder().build();
    private final BlockingFreeRouter blocking = router.blocking();

    @AfterEach
    void close() {
        router.close();
        bench.close();
    }

    @Test
    void calls_return_when_the_answer_is_there() {
        assertThat(blocking.chat("Hello").text()).isEqualTo("From the first");
        assertThat(blocking.complete(REQUEST).text()).isEqualTo("From the first");
        assertThat(blocking.complete(ExactJson.tree(REQUEST)).text()).isEqualTo("From the first");
        assertThat(blocking.models()).hasSize(2);
        assertThat(blocking.chat(
                                List.of(ChatMessage.user("Hi")),
                                ChatOptions.standard().model(SECOND))
                        .text())
                .isEqualTo("From the second");
    }

    @Test
    void a_stream_is_read_as_a_stream() {
        try (Stream<ChatChunk> chunks = blocking.stream(REQUEST)) {
            assertThat(chunks.map(ChatChunk::text).collect(Collectors.joining()))
                    .isEqualTo("From the first");
        }
    }

    @Test
    void a_stream_that_is_closed_early_closes_the_upstream_call() {
        bench.upstream.script(FIRST, AnswerScript.begin().text("Well").hang());
        try (Stream<ChatChunk> chunks = blocking.stream(REQUEST)) {
            assertThat(chunks.iterator().next()).isNotNull();
        }
        bench.upstream.awaitAbortedCalls(1, PATIENCE);
        assertThat(bench.upstream.openCalls()).isZero();
    }

    @Test
    void failures_are_thrown() {
        assertThatThrownBy(() -> blocking.complete("[]")).isInstanceOf(BadRequestException.class);
    }

    @Test
    void a_failing_stream_throws_where_it_is_read() {
        bench.upstream.script(FIRST, CannedAnswers.breaksAfter("Well"));
        try (Stream<ChatChunk> chunks = blocking.stream(REQUEST)) {
            assertThatThrownBy(chunks::toList).isInstanceOf(BrokenStreamException.class);
        }
    }

    @Test
    void an_event_loop_is_not_made_to_wait() throws Exception {
        Vertx vertx = Vertx.vertx();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        vertx.runOnContext(turn -> {
            try {
                blocking.chat("Hello");
                thrown.complete(null);
            } catch (IllegalStateException refused) {
                thrown.complete(refused);
            }
        });
        assertThat(thrown.get(20, TimeUnit.SECONDS))
                .hasMessageContaining("must not wait")
                .hasMessageContaining("Uni");
        assertThat(bench.upstream.requests()).isEmpty();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whoever_is_interrupted_leaves() throws Exception {
        bench.upstream.script(FIRST, CannedAnswers.hangs());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                blocking.chat("Hello");
                thrown.complete(null);
            } catch (CancellationException left) {
                thrown.complete(left);
            }
        });
        waiting.start();
        bench.upstream.awaitOpenCalls(1, PATIENCE);
        waiting.interrupt();
        assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        bench.upstream.awaitAbortedCalls(1, PATIENCE);
        assertThat(bench.upstream.openCalls()).isZero();
    }
}

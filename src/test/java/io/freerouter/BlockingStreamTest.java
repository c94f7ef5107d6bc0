package io.freerouter;

import static io.freerouter.LibraryBench.FIRST;
import static io.freerouter.LibraryBench.PATIENCE;
import static io.freerouter.LibraryBench.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams for code that waits, as they end before their time. */
class BlockingStreamTest {
    private final LibraryBench bench = new LibraryBench();
    private final FreeRouter router = bench.builder().build();
    private final BlockingFreeRouter blocking = router.blocking();

    @AfterEach
    void close() {
        router.close();
        bench.close();
    }

    /** Reads a stream in a thread of its own; how that ended, and whether the thread was interrupted then. */
    private static Thread reading(Stream<ChatChunk> chunks, CompletableFuture<Throwable> end) {
        Thread thread = new Thread(() -> {
            try {
                chunks.forEach(chunk -> {});
                end.complete(null);
            } catch (RuntimeException thrown) {
                thrown.addSuppressed(new Exception("interrupted: " + Thread.interrupted()));
                end.complete(thrown);
            }
        });
        thread.start();
        return thread;
    }

    private void assertNothingIsOpen() {
        bench.upstream.awaitAbortedCalls(1, PATIENCE);
        assertThat(bench.upstream.openCalls()).isZero();
    }

    @Test
    void streams_that_are_closed_unread_ask_nobody() {
        blocking.models();
        IntStream.range(0, 20).forEach(number -> blocking.stream(REQUEST).close());
        blocking.complete(REQUEST);

        assertThat(bench.upstream.asked()).hasSize(1);
    }

    @Test
    void all_that_has_come_is_read_before_a_break_is_told() {
        bench.upstream.script(FIRST, chunks(40).reset());
        List<String> read = new ArrayList<>();
        Iterator<ChatChunk> chunks = blocking.stream(REQUEST).iterator();
        read.add(chunks.next().text());
        bench.upstream.awaitOpenCalls(0, PATIENCE);

        assertThatThrownBy(() -> chunks.forEachRemaining(chunk -> read.add(chunk.text())))
                .isInstanceOf(BrokenStreamException.class);
        assertThat(String.join("", read)).isEqualTo("x".repeat(40));
    }

    private static AnswerScript chunks(int count) {
        return IntStream.range(0, count)
                .boxed()
                .reduce(AnswerScript.begin(), (script, number) -> script.text("x"), (one, other) -> one);
    }

    @Test
    void whoever_is_interrupted_before_the_first_token_leaves() throws Exception {
        bench.upstream.script(FIRST, CannedAnswers.hangs());
        assertLeavesWhenInterrupted();
    }

    @Test
    void whoever_is_interrupted_after_it_leaves() throws Exception {
        bench.upstream.script(FIRST, AnswerScript.begin().text("Well").hang());
        assertLeavesWhenInterrupted();
    }

    private void assertLeavesWhenInterrupted() throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread reader = reading(blocking.stream(REQUEST), end);
        bench.upstream.awaitOpenCalls(1, PATIENCE);
        reader.interrupt();

        assertThat(end.get(20, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class)
                .hasSuppressedException(new Exception("interrupted: true"));
        assertNothingIsOpen();
    }

    @Test
    void a_stream_that_is_closed_by_another_thread_ends_its_reader() throws Exception {
        bench.upstream.script(FIRST, CannedAnswers.hangs());
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Stream<ChatChunk> chunks = blocking.stream(REQUEST);
        reading(chunks, end);
        bench.upstream.awaitOpenCalls(1, PATIENCE);
        chunks.close();

        assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertNothingIsOpen();
    }
}

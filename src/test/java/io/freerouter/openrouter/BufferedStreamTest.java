package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.OpenStream;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.json.ExactJson;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BufferedStreamTest {
    private static final AttemptException BROKEN = new AttemptException(Failure.of(FailureKind.BROKEN));
    private static final String MUCH = "x".repeat(64 * 1024 + 1);

    private static Vertx vertx;

    private final Context loop = vertx.getOrCreateContext();
    private final List<Boolean> holds = new CopyOnWriteArrayList<>();
    private final AtomicInteger closes = new AtomicInteger();
    private final AtomicInteger closesSoon = new AtomicInteger();
    private final CompletableFuture<OpenStream> opened = new CompletableFuture<>();
    private final UniEmitter<OpenStream> emitter = new UniEmitter<>() {
        @Override
        public void complete(OpenStream item) {
            opened.complete(item);
        }

        @Override
        public void fail(Throwable failure) {
            opened.completeExceptionally(failure);
        }

        @Override
        public UniEmitter<OpenStream> onTermination(Runnable callback) {
            throw new UnsupportedOperationException();
        }
    };
    private final AnswerMetadataCollector collector =
            new AnswerMetadataCollector(DialectFormats.of(Dialect.CHAT).answer(), Set.of("clock"));
    private final BufferedStream stream = new BufferedStream(
            loop, holds::add, closes::incrementAndGet, closesSoon::incrementAndGet, collector, () -> true, emitter);

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Does something in one turn of the event loop, and returns when the turns it has asked for are over too. */
    private void turn(Runnable work) {
        onLoop(work);
        onLoop(() -> {});
    }

    private void onLoop(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.runOnContext(turn -> {
            work.run();
            done.complete(null);
        });
        done.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private AssertSubscriber<String> read(long demand) {
        AssertSubscriber<String> reader = AssertSubscriber.create(demand);
        turn(() -> stream.subscribe().withSubscriber(reader));
        return reader;
    }

    @Test
    void what_comes_in_one_turn_goes_out_as_one_item() {
        var reader = read(10);
        turn(() -> {
            stream.append("a");
            stream.append("b");
        });
        turn(() -> stream.append("c"));

        reader.assertItems("ab", "c");
    }

    @Test
    void nothing_goes_out_that_was_not_asked_for() {
        var reader = read(1);
        turn(() -> stream.append("a"));
        turn(() -> stream.append("b"));
        turn(() -> stream.append("c"));

        reader.assertItems("a");
        turn(() -> reader.request(1));
        reader.assertItems("a", "bc");
    }

    @Test
    void a_reader_without_limit_gets_everything_up_to_the_end() {
        var reader = read(Long.MAX_VALUE);
        turn(() -> stream.append("a"));
        turn(() -> {
            stream.append("b");
            stream.complete();
        });

        reader.assertItems("a", "b").assertCompleted();
    }

    @Test
    void demand_adds_up_without_overflowing() {
        var reader = read(Long.MAX_VALUE - 1);
        turn(() -> reader.request(Long.MAX_VALUE));
        turn(() -> stream.append("a"));

        reader.assertItems("a");
    }

    @Test
    void a_reader_who_comes_late_misses_nothing() {
        turn(() -> {
            stream.append("a");
            stream.complete();
        });

        read(1).assertItems("a").assertCompleted();
    }

    @Test
    void an_end_waits_until_the_text_before_it_was_asked_for() {
        var reader = read(0);
        turn(() -> {
            stream.append("a");
            stream.complete();
        });

        reader.assertNotTerminated();
        turn(() -> reader.request(1));
        reader.assertItems("a").assertCompleted();
    }

    @Test
    void an_end_needs_no_demand() {
        var reader = read(1);
        turn(() -> stream.append("a"));
        turn(stream::complete);

        reader.assertItems("a").assertCompleted();
    }

    @Test
    void a_break_comes_after_the_text_before_it() {
        var reader = read(0);
        turn(() -> {
            stream.start(false);
            stream.append("a");
            stream.fail(BROKEN);
        });
        turn(() -> reader.request(1));

        reader.assertItems("a").assertFailedWith(AttemptException.class, "connection broken");
    }

    @Test
    void a_slow_reader_holds_the_upstream_up() {
        read(0);
        turn(() -> stream.append(MUCH));
        turn(() -> stream.append("a"));

        assertThat(holds).containsExactly(true);
    }

    @Test
    void a_reader_who_asks_again_lets_the_upstream_go_on() {
        var reader = read(0);
        turn(() -> stream.append(MUCH));
        turn(() -> reader.request(1));

        assertThat(holds).containsExactly(true, false);
        reader.assertItems(MUCH);
    }

    @Test
    void little_text_holds_nothing_up() {
        read(0);
        turn(() -> stream.append("a"));

        assertThat(holds).isEmpty();
    }

    @Test
    void leaving_closes_the_upstream_call() {
        var reader = read(1);
        turn(reader::cancel);
        turn(() -> stream.append("a"));

        assertThat(closes).hasValue(1);
        reader.assertHasNotReceivedAnyItem();
    }

    @Test
    void giving_up_closes_the_upstream_call() {
        turn(stream::close);

        assertThat(closes).hasValue(1);
    }

    @Test
    void giving_up_ends_the_reading_at_once() {
        var reader = read(0);
        turn(() -> stream.append("a"));
        turn(stream::close);

        reader.assertFailedWith(CancellationException.class, "closed").assertHasNotReceivedAnyItem();
    }

    @Test
    void a_stream_that_was_given_up_is_not_read() {
        turn(stream::close);

        read(1).assertFailedWith(CancellationException.class, "closed");
    }

    @Test
    void giving_up_tells_nothing_to_a_reader_who_has_left() {
        var reader = read(1);
        turn(() -> {
            stream.close();
            reader.cancel();
        });

        reader.assertNotTerminated();
    }

    @Test
    void a_stream_can_be_read_only_once() {
        read(1);

        read(1).assertFailedWith(IllegalStateException.class, "only once");
    }

    @Test
    void the_second_reader_does_not_disturb_the_first() {
        var first = read(10);
        read(1);
        turn(() -> stream.append("a"));

        first.assertItems("a");
    }

    @Test
    void what_was_noted_is_known_as_soon_as_it_has_come() {
        collector.add(ExactJson.object("{\"provider\":\"Somebody\"}").orElseThrow());

        assertThat(stream.metadata().provider()).contains("Somebody");
    }

    @Test
    void tool_calls_are_judged_at_the_end() {
        collector.add(
                ExactJson.object("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"oven\"}}]}}]}")
                        .orElseThrow());

        assertThat(stream.metadata().usable()).isTrue();
        turn(stream::complete);
        assertThat(stream.metadata().usable()).isFalse();
    }

    @Test
    void tool_calls_of_a_stream_that_broke_are_not_judged() {
        collector.add(
                ExactJson.object("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"oven\"}}]}}]}")
                        .orElseThrow());
        turn(() -> {
            stream.start(false);
            stream.fail(BROKEN);
        });

        assertThat(stream.metadata().usable()).isTrue();
    }

    @Test
    void a_stream_is_handed_out_when_it_starts() {
        turn(() -> stream.start(false));

        assertThat(opened).isCompletedWithValue(stream);
        assertThat(stream.isEmpty()).isFalse();
    }

    @Test
    void an_answer_without_a_word_is_known_as_empty_when_it_is_handed_out() {
        turn(() -> stream.start(true));

        assertThat(opened.join().isEmpty()).isTrue();
    }

    @Test
    void a_failure_before_the_start_fails_the_attempt_with_what_it_cost() {
        collector.add(ExactJson.object("{\"usage\":{\"cost\":0.5}}").orElseThrow());
        turn(() -> stream.fail(BROKEN));

        assertThat(opened).isCompletedExceptionally();
        assertThat(closes).hasValue(1);
        opened.exceptionally(failure -> {
            assertThat(((AttemptException) failure).charge()).contains(new BigDecimal("0.5"));
            return stream;
        });
    }

    @Test
    void a_response_that_is_over_is_closed_soon_in_case_it_stays_open() {
        turn(stream::complete);

        assertThat(closes).hasValue(0);
        assertThat(closesSoon).hasValue(1);
    }
}

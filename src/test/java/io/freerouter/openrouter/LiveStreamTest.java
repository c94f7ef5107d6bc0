package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.Dialect;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
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

class LiveStreamTest {
    private static final String MUCH = "x".repeat(64 * 1024 + 1);

    private static Vertx vertx;

    private final Context loop = vertx.getOrCreateContext();
    private final List<Boolean> holds = new CopyOnWriteArrayList<>();
    private final AtomicInteger closes = new AtomicInteger();
    private final AnswerNotes notes = new AnswerNotes(Grammar.of(Dialect.CHAT), Set.of("clock"));
    private final LiveStream stream = new LiveStream(loop, holds::add, closes::incrementAndGet, notes);

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
            stream.append("a");
            stream.fail(new IllegalStateException("broken"));
        });
        turn(() -> reader.request(1));

        reader.assertItems("a").assertFailedWith(IllegalStateException.class, "broken");
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
        notes.add(Json.object("{\"provider\":\"Somebody\"}").orElseThrow());

        assertThat(stream.findings().provider()).contains("Somebody");
    }

    @Test
    void tool_calls_are_judged_at_the_end() {
        notes.add(Json.object("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"oven\"}}]}}]}")
                .orElseThrow());

        assertThat(stream.findings().usable()).isTrue();
        turn(stream::complete);
        assertThat(stream.findings().usable()).isFalse();
    }

    @Test
    void tool_calls_of_a_stream_that_broke_are_not_judged() {
        notes.add(Json.object("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"oven\"}}]}}]}")
                .orElseThrow());
        turn(() -> stream.fail(new IllegalStateException("broken")));

        assertThat(stream.findings().usable()).isTrue();
    }
}

package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private static final String PING = "event: ping\ndata: {\"type\": \"ping\"}\n\n";
    private static final String COMMENT = ": still here\n\n";

    private final RouterBench bench = RouterBench.with("a", "b");

    private AssertSubscriber<String> read(ModelScript script, long demand) {
        bench.upstream.script("a", script);
        var request = bench.stream();
        bench.advance(100);
        return RouterBench.read(request, demand);
    }

    @Test
    void a_stream_that_ends_well_completes() {
        var reader = read(ModelScript.say(100, "x").then(200, "y").complete(300), 10);
        bench.advance(200);

        reader.assertCompleted().assertItems("x", "y");
        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "100 answer a", "300 end a");
    }

    @Test
    void a_break_after_the_first_token_fails_the_stream_and_cools_down_the_model() {
        var reader = read(ModelScript.say(100, "x").breaks(300, Failure.of(FailureKind.BROKEN)), 10);
        bench.advance(200);

        reader.assertFailedWith(AttemptException.class, "connection broken").assertItems("x");
        assertThat(bench.recorded.lines())
                .containsExactly("0 ask a", "100 answer a", "300 break a connection broken, cools down until 60300");
        assertThat(bench.upstream.asked()).containsExactly("a");
    }

    @Test
    void a_stream_may_be_silent_until_the_idle_limit() {
        var reader = read(ModelScript.say(100, "x").then(200, "y"), 10);
        bench.advance(60_099);

        reader.assertNotTerminated();
    }

    @Test
    void a_stream_that_stays_silent_breaks_at_the_idle_limit() {
        var reader = read(ModelScript.say(100, "x").then(200, "y"), 10);
        bench.advance(60_100);

        reader.assertFailedWith(AttemptException.class, "timed out").assertItems("x", "y");
        assertThat(bench.recorded.lines()).endsWith("60200 break a timed out, cools down until 75200");
        assertThat(bench.upstream.openCalls()).isZero();
    }

    @Test
    void comments_do_not_keep_a_stream_alive() {
        var reader = read(ModelScript.say(100, "x").then(30_000, COMMENT).then(60_000, COMMENT), 10);
        bench.advance(60_000);

        reader.assertFailedWith(AttemptException.class, "timed out").assertItems("x", COMMENT, COMMENT);
    }

    @Test
    void pings_do_not_keep_a_stream_alive() {
        var reader = read(ModelScript.say(100, "x").then(30_000, PING).then(60_000, PING + COMMENT), 10);
        bench.advance(120_000);

        reader.assertFailedWith(AttemptException.class, "timed out").assertItems("x", PING, PING + COMMENT);
    }

    @Test
    void an_event_beside_a_comment_keeps_a_stream_alive() {
        var reader = read(ModelScript.say(100, "x").then(30_000, COMMENT + "data: y\n\n"), 10);
        bench.advance(60_000);

        reader.assertNotTerminated();
    }

    @Test
    void a_reader_may_take_its_time_between_two_events() {
        var reader = read(ModelScript.say(100, "x").then(200, "y").complete(300), 1);
        bench.advance(1_000_000);

        reader.assertNotTerminated().assertItems("x").request(1);
        reader.assertCompleted().assertItems("x", "y");
    }

    @Test
    void a_reader_may_take_its_time_before_the_first_event() {
        var reader = read(ModelScript.say(100, "x").complete(300), 0);
        bench.advance(1_000_000);

        reader.assertNotTerminated().request(1);
        reader.assertCompleted().assertItems("x");
    }

    @Test
    void only_the_time_a_reader_waits_counts_as_silence() {
        var reader = read(ModelScript.say(100, "x"), 1);
        bench.advance(100_000);
        reader.request(1);
        bench.advance(59_999);

        reader.assertNotTerminated();
        bench.advance(1);
        reader.assertFailedWith(AttemptException.class, "timed out");
    }

    @Test
    void an_event_in_the_very_moment_of_the_idle_limit_leads_to_one_outcome() {
        var reader = read(ModelScript.say(100, "x").then(60_100, "y").complete(60_100), 10);
        bench.advance(60_000);

        assertThat(reader.hasCompleted()).isNotEqualTo(reader.getFailure() != null);
        assertThat(bench.upstream.openCalls()).isZero();
        assertThat(bench.time.pending())
                .as("timers left, but for the catalog's")
                .isEqualTo(1);
    }

    @Test
    void a_stream_that_was_all_there_before_it_was_read_is_read_whole() {
        bench.upstream.script("a", ModelScript.say(0, "x").then(0, "y").complete(0));

        var reader = RouterBench.read(bench.stream(), Long.MAX_VALUE);

        reader.assertCompleted().assertItems("x", "y");
        assertThat(bench.upstream.openCalls()).isZero();
    }

    @Test
    void a_stream_that_has_said_all_and_stays_silent_ends_two_seconds_later() {
        var reader = read(ModelScript.say(100, "x").last(200, "y"), 10);
        bench.advance(2_099);
        reader.assertNotTerminated();
        bench.advance(1);

        reader.assertCompleted().assertItems("x", "y");
        assertThat(bench.recorded.lines()).endsWith("2200 end a");
        assertThat(bench.upstream.openCalls()).isZero();
    }

    @Test
    void what_comes_after_all_was_said_does_not_prolong_the_wait() {
        var reader = read(
                ModelScript.say(100, "x").last(200, "y").then(1_900, "usage").then(2_300, "late"), 10);
        bench.advance(5_000);

        reader.assertCompleted().assertItems("x", "y", "usage");
        assertThat(bench.recorded.lines()).endsWith("2200 end a");
    }

    @Test
    void a_slow_reader_gets_all_that_was_said() {
        var reader =
                read(ModelScript.say(100, "x").last(200, "y").then(300, "usage").complete(300), 1);
        bench.advance(100_000);
        reader.assertNotTerminated().request(10);

        reader.assertCompleted().assertItems("x", "y", "usage");
    }

    @Test
    void a_break_after_all_was_said_is_the_end() {
        var reader = read(ModelScript.say(100, "x").last(200, "y").breaks(300, Failure.of(FailureKind.BROKEN)), 10);
        bench.advance(200);

        reader.assertCompleted().assertItems("x", "y");
        assertThat(bench.recorded.lines()).endsWith("300 end a");
    }
}

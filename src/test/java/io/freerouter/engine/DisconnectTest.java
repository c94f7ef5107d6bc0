package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.RouterEvent.Answered;
import io.freerouter.engine.RouterEvent.Asked;
import io.freerouter.engine.RouterEvent.Failed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DisconnectTest {
    private final RouterBench bench = RouterBench.with("a", "b");

    @AfterEach
    void no_call_stays_open_and_no_timer_but_the_catalogs() {
        assertThat(bench.upstream.openCalls()).as("open calls").isZero();
        assertThat(bench.time.pending()).as("timers").isLessThanOrEqualTo(1);
    }

    @Test
    void a_caller_may_leave_while_it_waits_for_the_catalog() {
        RouterBench slow = new RouterBench();
        slow.catalogs.free("a");
        slow.catalogs.takes(100);

        slow.complete().cancel();
        slow.advance(100);

        assertThat(slow.upstream.asked()).isEmpty();
        assertThat(slow.recorded.lines()).containsExactly("0 leave", "100 catalog a");
    }

    @Test
    void a_caller_that_leaves_does_not_take_the_catalog_from_others() {
        RouterBench slow = new RouterBench();
        slow.catalogs.free("a");
        slow.catalogs.takes(100);
        var leaving = slow.complete();
        slow.complete();

        leaving.cancel();
        slow.advance(100);

        assertThat(slow.upstream.asked()).containsExactly("a");
        assertThat(slow.catalogs.reads()).isEqualTo(1);
    }

    @Test
    void a_caller_may_leave_before_the_first_token() {
        var request = bench.stream();
        bench.advance(100);
        request.cancel();

        assertThat(bench.upstream.openCalls()).isZero();
        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "100 leave", "100 cancel a");
    }

    @Test
    void a_caller_may_leave_before_the_whole_answer() {
        var request = bench.complete();
        bench.advance(100);
        request.cancel();

        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "100 leave", "100 cancel a");
    }

    @Test
    void a_caller_may_leave_between_two_events() {
        bench.upstream.script("a", ModelScript.say(100, "x"));
        var request = bench.stream();
        bench.advance(100);
        RouterBench.read(request, 10).cancel();

        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "100 answer a", "100 leave");
    }

    @Test
    void a_caller_may_give_a_stream_up_without_reading_it() {
        bench.upstream.script("a", ModelScript.say(100, "x"));
        var request = bench.stream();
        bench.advance(100);

        request.getItem().content().close();

        assertThat(bench.upstream.openCalls()).isZero();
    }

    @Test
    void a_caller_may_leave_from_within_an_event() {
        bench.upstream.script("a", ModelScript.say(100, "x").then(200, "y"));
        var request = bench.stream();
        bench.advance(100);
        request.getItem().content().events().select().first().subscribe().with(event -> {});

        assertThat(bench.upstream.openCalls()).isZero();
    }

    @Test
    void a_caller_may_leave_in_the_moment_the_next_model_is_asked() {
        bench.upstream.script("a", ModelScript.fail(100, Failure.of(FailureKind.BUSY)));
        Leaver leaver = new Leaver(Asked.class);
        leaver.leave(bench.stream());
        bench.advance(100);

        assertThat(bench.upstream.openCalls()).isZero();
    }

    @Test
    void a_caller_may_leave_in_the_moment_a_model_fails() {
        bench.upstream.script("a", ModelScript.fail(100, Failure.of(FailureKind.BUSY)));
        Leaver leaver = new Leaver(Failed.class);
        leaver.leave(bench.stream());
        bench.advance(100);

        assertThat(bench.upstream.asked()).containsExactly("a");
    }

    @Test
    void a_caller_may_leave_in_the_moment_a_model_answers() {
        bench.upstream.script("a", ModelScript.say(100, "x"));
        Leaver leaver = new Leaver(Answered.class);
        leaver.leave(bench.stream());
        bench.advance(100);

        assertThat(bench.upstream.openCalls()).isZero();
    }

    /** Leaves from within an event of the request, once it is under way. */
    private final class Leaver {
        private UniAssertSubscriber<?> request;

        Leaver(Class<? extends RouterEvent> moment) {
            bench.alsoTell(event -> {
                if (moment.isInstance(event) && request != null) {
                    request.cancel();
                }
            });
        }

        void leave(UniAssertSubscriber<?> request) {
            this.request = request;
        }
    }
}

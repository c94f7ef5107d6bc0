package io.freerouter.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
    private final ManualTime time = new ManualTime();
    private final List<String> log = new ArrayList<>();

    private Runnable note(int millis, String what) {
        return time.after(Duration.ofMillis(millis), () -> log.add(elapsed() + " " + what));
    }

    private long elapsed() {
        return Duration.between(ManualTime.START, time.now()).toMillis();
    }

    private void advance(int millis) {
        time.advance(Duration.ofMillis(millis));
    }

    @Test
    void time_stands_still_until_it_is_moved() {
        assertThat(time.now()).isEqualTo(ManualTime.START);
        advance(250);
        assertThat(elapsed()).isEqualTo(250);
    }

    @Test
    void tasks_run_in_the_order_they_fall_due_each_at_its_own_moment() {
        note(30, "late");
        note(10, "early");
        advance(100);
        assertThat(log).containsExactly("10 early", "30 late");
        assertThat(elapsed()).isEqualTo(100);
    }

    @Test
    void of_two_tasks_due_together_the_one_scheduled_first_runs_first() {
        note(10, "first");
        note(10, "second");
        advance(10);
        assertThat(log).containsExactly("10 first", "10 second");
    }

    @Test
    void a_task_not_yet_due_stays() {
        note(11, "later");
        advance(10);
        assertThat(log).isEmpty();
        assertThat(time.pending()).isEqualTo(1);
    }

    @Test
    void a_task_scheduled_by_a_task_runs_in_the_same_move_if_it_falls_due() {
        time.after(Duration.ofMillis(10), () -> note(5, "inner"));
        note(20, "outer");
        advance(20);
        assertThat(log).containsExactly("15 inner", "20 outer");
    }

    @Test
    void a_task_due_at_once_waits_for_the_next_move() {
        note(0, "now");
        note(-5, "long ago");
        assertThat(log).isEmpty();
        advance(0);
        assertThat(log).containsExactly("0 now", "0 long ago");
    }

    @Test
    void a_cancelled_task_does_not_run() {
        Runnable cancel = note(10, "never");
        cancel.run();
        advance(10);
        assertThat(log).isEmpty();
        assertThat(time.pending()).isZero();
    }

    @Test
    void a_task_may_cancel_another_due_at_the_same_moment() {
        Runnable[] other = new Runnable[1];
        time.after(Duration.ofMillis(10), () -> other[0].run());
        other[0] = note(10, "never");
        advance(10);
        assertThat(log).isEmpty();
    }

    @Test
    void cancelling_twice_or_after_the_task_ran_changes_nothing() {
        Runnable cancel = note(10, "ran");
        advance(10);
        cancel.run();
        cancel.run();
        assertThat(log).containsExactly("10 ran");
    }

    @Test
    void a_task_that_moves_the_time_itself_never_makes_it_go_back() {
        time.after(Duration.ofMillis(10), () -> advance(100));
        advance(20);
        assertThat(elapsed()).isEqualTo(110);
    }

    @Test
    void time_does_not_go_back() {
        assertThatIllegalArgumentException().isThrownBy(() -> advance(-1));
    }
}

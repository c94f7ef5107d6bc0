package io.freerouter.engine.race;

import static io.freerouter.testing.RouterBench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.RefusalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What models say when the race has been decided meanwhile. */
class LateSignalsTest {
    private static final AttemptException REJECTED = new AttemptException(failure(FailureKind.REJECTED, 400));
    private static final AttemptException BUSY = new AttemptException(Failure.of(FailureKind.BUSY));

    private HandRace race = new HandRace(2, () -> {});

    @AfterEach
    void no_timer_is_left() {
        race.race.cancel();
        assertThat(race.time.pending()).isZero();
    }

    private boolean cools(String model) {
        return race.cooldowns
                .until(new ModelId(model), HandRace.NEEDS, race.time.now())
                .isPresent();
    }

    @Test
    void an_answer_after_an_answer_is_discarded() {
        race.begin("a", "b", "c");

        race.call("b").answer("y");
        assertThat(race.call("a").closed).isTrue();
        race.call("a").answer("x");

        assertThat(race.caller.assertCompleted().getItem().content()).isEqualTo("y");
        assertThat(race.discarded).containsExactly("x");
        assertThat(race.recorded.lines()).containsExactly("0 ask a", "0 ask b", "0 answer b", "0 cancel a");
    }

    @Test
    void an_answer_after_a_rejection_is_discarded() {
        race.begin("a", "b", "c");

        race.call("b").fail(REJECTED);
        assertThat(race.call("a").closed).isTrue();
        race.call("a").answer("x");

        race.caller.assertFailedWith(RefusalException.class);
        assertThat(race.discarded).containsExactly("x");
    }

    @Test
    void an_answer_after_a_failure_that_leads_on_wins() {
        race.begin("a", "b");

        race.call("b").fail(BUSY);
        race.call("a").answer("x");

        assertThat(race.caller.assertCompleted().getItem().content()).isEqualTo("x");
    }

    @Test
    void after_a_rejection_no_attempt_begins() {
        race.begin("a", "b", "c");
        race.call("a").fail(REJECTED);
        race.call("b").fail(BUSY);

        assertThat(race.calls.keySet()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void after_an_answer_neither_a_rejection_nor_a_timeout_matters() {
        race = new HandRace(3, () -> {}).begin("a", "b", "c");

        race.call("a").answer("x");
        race.call("b").fail(REJECTED);
        race.time.advance(Duration.ofSeconds(1));

        assertThat(race.recorded.lines())
                .containsExactly("0 ask a", "0 ask b", "0 ask c", "0 answer a", "0 cancel b", "0 cancel c");
    }

    @Test
    void a_caller_that_disconnects_while_the_call_is_being_made_closes_it() {
        List<HandRace> begun = new ArrayList<>();
        race = new HandRace(1, () -> begun.get(0).race.cancel());
        begun.add(race);
        race.begin("a", "b");

        assertThat(race.call("a").closed).isTrue();
        assertThat(race.recorded.lines()).containsExactly("0 ask a", "0 cancel a");
    }

    @Test
    void a_failure_of_a_cancelled_attempt_says_nothing_of_its_model() {
        race.begin("a");
        race.caller.cancel();
        race.call("a").fail(BUSY);

        assertThat(race.recorded.lines()).containsExactly("0 ask a", "0 cancel a");
        assertThat(cools("a")).isFalse();
    }

    @Test
    void an_answer_of_a_cancelled_attempt_is_discarded() {
        race.begin("a");
        race.caller.cancel();
        race.call("a").answer("x");

        assertThat(race.discarded).containsExactly("x");
        assertThat(race.recorded.lines()).containsExactly("0 ask a", "0 cancel a");
    }

    @Test
    void running_attempts_are_cancelled_once() {
        race.begin("a", "b");
        race.race.cancel();
        race.caller.cancel();

        assertThat(race.recorded.lines()).containsExactly("0 ask a", "0 ask b", "0 cancel a", "0 cancel b");
    }

    @Test
    void once_cancelled_a_race_asks_nobody() {
        race.race.cancel();
        race.begin("a", "b");

        assertThat(race.calls).isEmpty();
        assertThat(race.recorded.lines()).isEmpty();
    }

    @Test
    void a_request_that_was_not_processed_is_made_once_more_by_the_same_attempt() {
        race = new HandRace(1, () -> {}).begin("a", "b");
        HandRace.Call first = race.call("a");
        first.fail(new AttemptException(Failure.of(FailureKind.UNPROCESSED)));
        race.call("a").answer("x");

        assertThat(race.call("a")).isNotSameAs(first);
        assertThat(race.caller.assertCompleted().getItem().attempts()).isEqualTo(1);
        assertThat(race.recorded.lines()).containsExactly("0 ask a", "0 answer a");
    }

    @Test
    void a_second_call_of_a_cancelled_attempt_is_closed() {
        race = new HandRace(1, () -> {}).begin("a", "b");
        race.call("a").fail(new AttemptException(Failure.of(FailureKind.UNPROCESSED)));
        race.caller.cancel();

        assertThat(race.call("a").closed).isTrue();
        race.call("a").answer("x");
        assertThat(race.discarded).containsExactly("x");
    }
}

package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.RouterBench;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GripTest {
    private static final AttemptFailed REJECTED = new AttemptFailed(RouterBench.failure(FailureKind.REJECTED, 400));
    private static final AttemptFailed BUSY = new AttemptFailed(Failure.of(FailureKind.BUSY));

    private final ManualTime time = new ManualTime();
    private final List<String> discarded = new ArrayList<>();
    private final Grip<String> grip = new Grip<>(Duration.ofSeconds(1), time, discarded::add);
    private final List<Call> calls = new ArrayList<>();

    /** A call whose answer may be on its way already when it is closed. */
    private static final class Call implements UniSubscription {
        private final UniSubscriber<? super String> subscriber;
        private boolean closed;

        Call(UniSubscriber<? super String> subscriber) {
            this.subscriber = subscriber;
        }

        void complete(String answer) {
            subscriber.onItem(answer);
        }

        void fail(Throwable failure) {
            subscriber.onFailure(failure);
        }

        @Override
        public void cancel() {
            closed = true;
        }
    }

    private UniAssertSubscriber<String> ask() {
        Uni<String> call = new AbstractUni<>() {
            @Override
            public void subscribe(UniSubscriber<? super String> subscriber) {
                Call made = new Call(subscriber);
                calls.add(made);
                subscriber.onSubscribe(made);
            }
        };
        return grip.on(call).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @AfterEach
    void no_timer_is_left() {
        grip.letGo();
        assertThat(time.pending()).isZero();
    }

    @Test
    void an_answer_after_an_answer_is_given_up() {
        var first = ask();
        var second = ask();

        calls.get(1).complete("y");
        assertThat(calls.get(0).closed).isTrue();
        calls.get(0).complete("x");

        second.assertCompleted().assertItem("y");
        first.assertNotTerminated();
        assertThat(discarded).containsExactly("x");
    }

    @Test
    void an_answer_after_a_rejection_is_given_up() {
        var first = ask();
        var second = ask();

        calls.get(1).fail(REJECTED);
        assertThat(calls.get(0).closed).isTrue();
        calls.get(0).complete("x");

        second.assertFailedWith(AttemptFailed.class);
        first.assertNotTerminated();
        assertThat(discarded).containsExactly("x");
    }

    @Test
    void an_answer_after_a_failure_that_leads_on_is_delivered() {
        var first = ask();
        ask();

        calls.get(1).fail(BUSY);
        calls.get(0).complete("x");

        first.assertCompleted().assertItem("x");
    }

    @Test
    void after_a_rejection_no_attempt_begins() {
        ask();
        calls.get(0).fail(REJECTED);

        ask().assertSubscribed().assertNotTerminated();
        assertThat(calls).hasSize(1);
    }

    @Test
    void after_an_answer_neither_a_rejection_nor_a_timeout_is_heard() {
        ask();
        var rejected = ask();
        var silent = ask();

        calls.get(0).complete("x");
        calls.get(1).fail(REJECTED);
        time.advance(Duration.ofSeconds(1));

        rejected.assertNotTerminated();
        silent.assertNotTerminated();
    }

    @Test
    void whoever_leaves_while_the_call_is_being_made_closes_it() {
        List<String> closed = new ArrayList<>();
        Uni<String> call = Uni.createFrom().deferred(() -> {
            grip.letGo();
            return Uni.createFrom().<String>nothing().onCancellation().invoke(() -> closed.add("x"));
        });

        grip.on(call).subscribe().withSubscriber(UniAssertSubscriber.create()).assertSubscribed();

        assertThat(closed).containsExactly("x");
    }
}

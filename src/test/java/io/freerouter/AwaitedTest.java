package io.freerouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwaitedTest {
    private final List<String> read = new ArrayList<>();
    private final Source source = new Source();
    private final Awaited<String> awaited = new Awaited<>(source);

    /** An upstream in one's hand. */
    private static final class Source extends AbstractMulti<String> implements Subscription {
        private MultiSubscriber<? super String> reader;
        private Runnable whenSubscribed = () -> {};
        private long asked;
        private int cancelled;

        @Override
        public void subscribe(MultiSubscriber<? super String> subscriber) {
            reader = subscriber;
            whenSubscribed.run();
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            asked += count;
        }

        @Override
        public void cancel() {
            cancelled++;
        }

        /** Has these ready for whoever subscribes. */
        void ready(String... items) {
            whenSubscribed = () -> List.of(items).forEach(reader::onItem);
        }
    }

    @AfterEach
    void calmDown() {
        assertThat(Thread.interrupted()).isFalse();
    }

    private boolean next() {
        return awaited.tryAdvance(read::add);
    }

    private void begin() {
        source.ready("a");
        next();
    }

    private void assertLeft() {
        assertThatThrownBy(this::next).isInstanceOf(CancellationException.class);
    }

    @Test
    void nothing_is_asked_for_before_the_first_is_read() {
        assertThat(source.reader).isNull();
    }

    @Test
    void only_a_few_are_asked_for_ahead() {
        begin();

        assertThat(source.asked).isEqualTo(16 + 1);
    }

    @Test
    void what_has_come_is_handed_out_before_the_failure() {
        begin();
        source.reader.onItem("b");
        source.reader.onItem("c");
        source.reader.onFailure(new IllegalStateException("broken"));

        assertThatThrownBy(() -> awaited.forEachRemaining(read::add)).hasMessage("broken");
        assertThat(read).containsExactly("a", "b", "c");
    }

    @Test
    void an_end_stays_an_end() {
        begin();
        source.reader.onCompletion();

        assertThat(next()).isFalse();
        assertThat(next()).isFalse();
    }

    @Test
    void a_failure_stays_a_failure() {
        begin();
        source.reader.onFailure(new IllegalStateException("broken"));

        assertThatThrownBy(this::next).hasMessage("broken");
        assertThatThrownBy(this::next).hasMessage("broken");
    }

    @Test
    void closed_before_it_is_read_it_asks_nobody() {
        awaited.close();

        assertLeft();
        assertThat(source.reader).isNull();
    }

    @Test
    void closed_while_it_subscribes_it_cancels_once() {
        source.whenSubscribed = awaited::close;

        assertLeft();
        awaited.close();
        assertThat(source.asked).isZero();
        assertThat(source.cancelled).isEqualTo(1);
    }

    @Test
    void closed_while_it_is_read_it_cancels_once_and_drops_what_has_come() {
        begin();
        source.reader.onItem("b");
        awaited.close();
        awaited.close();
        source.reader.onItem("c");

        assertLeft();
        assertLeft();
        assertThat(source.cancelled).isEqualTo(1);
        assertThat(read).containsExactly("a");
    }

    @Test
    void closed_after_its_end_it_is_over() {
        begin();
        source.reader.onCompletion();
        next();
        awaited.close();

        assertLeft();
    }

    @Test
    void whoever_is_interrupted_before_reading_asks_nobody() {
        Thread.currentThread().interrupt();

        assertLeft();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(source.reader).isNull();
        assertLeft();
    }

    @Test
    void whoever_is_interrupted_while_reading_leaves_and_stays_interrupted() {
        begin();
        Thread.currentThread().interrupt();

        assertLeft();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(source.cancelled).isEqualTo(1);
    }

    @Test
    void a_checked_failure_is_wrapped() {
        Awaited<String> failing = new Awaited<>(Multi.createFrom().failure(new Exception("checked")));

        assertThatThrownBy(() -> failing.tryAdvance(read::add))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("checked");
    }
}

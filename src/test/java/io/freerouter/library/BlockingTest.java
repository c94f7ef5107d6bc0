package io.freerouter.library;

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

class BlockingTest {
    private final List<String> read = new ArrayList<>();
    private final Source source = new Source();
    private final Blocking.Items<String> items = new Blocking.Items<>(source);

    /** An upstream that the test moves by hand. */
    private static final class Source extends AbstractMulti<String> implements Subscription {
        private MultiSubscriber<? super String> reader;
        private Runnable whenSubscribed = () -> {};
        private long requested;
        private int cancelled;

        @Override
        public void subscribe(MultiSubscriber<? super String> subscriber) {
            reader = subscriber;
            whenSubscribed.run();
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            requested += count;
        }

        @Override
        public void cancel() {
            cancelled++;
        }

        /** Emits these items at once to the next subscriber. */
        void ready(String... items) {
            whenSubscribed = () -> List.of(items).forEach(reader::onItem);
        }
    }

    @AfterEach
    void assertNotInterrupted() {
        assertThat(Thread.interrupted()).isFalse();
    }

    private boolean next() {
        return items.tryAdvance(read::add);
    }

    private void begin() {
        source.ready("a");
        next();
    }

    private void assertCancelled() {
        assertThatThrownBy(this::next).isInstanceOf(CancellationException.class);
    }

    @Test
    void nothing_is_requested_before_the_first_read() {
        assertThat(source.reader).isNull();
    }

    @Test
    void only_a_few_items_are_requested_ahead() {
        begin();

        assertThat(source.requested).isEqualTo(16 + 1);
    }

    @Test
    void items_that_have_come_are_read_before_the_failure() {
        begin();
        source.reader.onItem("b");
        source.reader.onItem("c");
        source.reader.onFailure(new IllegalStateException("broken"));

        assertThatThrownBy(() -> items.forEachRemaining(read::add)).hasMessage("broken");
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
    void closed_before_the_first_read_it_does_not_subscribe() {
        items.close();

        assertCancelled();
        assertThat(source.reader).isNull();
    }

    @Test
    void closed_while_it_subscribes_it_cancels_once() {
        source.whenSubscribed = items::close;

        assertCancelled();
        items.close();
        assertThat(source.requested).isZero();
        assertThat(source.cancelled).isEqualTo(1);
    }

    @Test
    void closed_while_it_is_read_it_cancels_once_and_drops_items_that_have_come() {
        begin();
        source.reader.onItem("b");
        items.close();
        items.close();
        source.reader.onItem("c");

        assertCancelled();
        assertCancelled();
        assertThat(source.cancelled).isEqualTo(1);
        assertThat(read).containsExactly("a");
    }

    @Test
    void closed_after_its_end_it_is_cancelled() {
        begin();
        source.reader.onCompletion();
        next();
        items.close();

        assertCancelled();
    }

    @Test
    void an_interrupted_reader_does_not_subscribe() {
        Thread.currentThread().interrupt();

        assertCancelled();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(source.reader).isNull();
        assertCancelled();
    }

    @Test
    void a_reader_that_is_interrupted_cancels_and_stays_interrupted() {
        begin();
        Thread.currentThread().interrupt();

        assertCancelled();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(source.cancelled).isEqualTo(1);
    }

    @Test
    void a_checked_failure_is_wrapped() {
        Blocking.Items<String> failing = new Blocking.Items<>(Multi.createFrom().failure(new Exception("checked")));

        assertThatThrownBy(() -> failing.tryAdvance(read::add))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("checked");
    }
}

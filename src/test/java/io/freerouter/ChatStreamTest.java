package io.freerouter;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Answer;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.OpenStream;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import org.junit.jupiter.api.Test;

class ChatStreamTest {
    private static final String EVENT = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n";

    private final UnicastProcessor<String> events = UnicastProcessor.create();
    private final ChatStream stream = new ChatStream(new Answer<>(new ModelId("a"), 1, new OpenStream() {
        @Override
        public Multi<String> events() {
            return events;
        }

        @Override
        public AnswerMetadata metadata() {
            throw new AssertionError("Nobody asks");
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public void close() {}
    }));

    private AssertSubscriber<ChatChunk> read(long demand) {
        return stream.chunks().subscribe().withSubscriber(AssertSubscriber.create(demand));
    }

    private void breakOff() {
        events.onError(new AttemptException(Failure.of(FailureKind.BROKEN)));
    }

    @Test
    void a_slow_reader_gets_all_that_came_before_a_break() {
        var reader = read(1);
        events.onNext(EVENT.repeat(3));
        breakOff();

        assertThat(reader.getItems()).hasSize(1);
        reader.assertNotTerminated().request(3);
        assertThat(reader.getItems()).hasSize(3);
        reader.assertFailedWith(BrokenStreamException.class);
    }

    @Test
    void a_break_is_told_at_once_to_whoever_waits() {
        var reader = read(2);
        events.onNext(EVENT);
        breakOff();

        assertThat(reader.getItems()).hasSize(1);
        reader.assertFailedWith(BrokenStreamException.class);
    }

    @Test
    void an_end_comes_with_the_last_chunk() {
        var reader = read(2);
        events.onNext(EVENT.repeat(2));
        events.onComplete();

        reader.assertCompleted();
    }
}

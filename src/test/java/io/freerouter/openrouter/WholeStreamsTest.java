package io.freerouter.openrouter;

import static io.freerouter.openrouter.ReaderUnderTest.delta;
import static io.freerouter.openrouter.ReaderUnderTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.Dialect;
import io.freerouter.failure.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Streams that are held until they are complete. */
class WholeStreamsTest {
    private static final String ROLE = delta("'role':'assistant','content':''", "null");
    private static final String TEXT = delta("'content':'Well'", "null");
    private static final String THOUGHT = delta("'reasoning':'Hm'", "null");
    private static final String STOP = delta("", "'stop'");
    private static final String DONE = "data: [DONE]\n\n";

    private static ReaderUnderTest reader() {
        return ReaderUnderTest.holding(Dialect.CHAT, 1);
    }

    @Test
    void a_complete_stream_is_handed_on_byte_for_byte() {
        ReaderUnderTest reader = reader().data(ROLE, THOUGHT, TEXT, TEXT);
        assertThat(reader.seen().log()).isEmpty();
        reader.data(STOP);
        assertThat(reader.seen().text()).isEqualTo(ROLE + THOUGHT + TEXT + TEXT + STOP);
        reader.data(DONE).ended();
        assertThat(reader.seen().text()).isEqualTo(ROLE + THOUGHT + TEXT + TEXT + STOP + DONE);
        assertThat(reader.seen().log()).containsExactly("started", "completed");
    }

    @Test
    void every_token_is_a_sign_of_life() {
        ReaderUnderTest reader = reader().data(ROLE);
        assertThat(reader.seen().held()).isEmpty();
        reader.data(TEXT);
        reader.time().advance(Duration.ofSeconds(1));
        reader.data(TEXT);
        assertThat(reader.seen().held()).hasSize(2).endsWith(reader.time().now());
    }

    @Test
    void a_cut_is_a_failed_attempt() {
        assertThat(reader().data(TEXT).broken().failure().kind()).isEqualTo(FailureKind.DISCONNECTED);
        assertThat(reader().data(TEXT).ended().failure().kind()).isEqualTo(FailureKind.BROKEN);
        assertThat(reader().data(TEXT).broken().seen().text()).isEmpty();
    }

    @Test
    void an_error_in_the_middle_is_a_failed_attempt() {
        ReaderUnderTest reader =
                reader().data(TEXT, event("{'error':{'code':502,'message':'Provider returned error'}}"));
        assertThat(reader.failure().kind()).isEqualTo(FailureKind.SERVER_ERROR);
        assertThat(reader.seen().text()).isEmpty();
    }

    @Test
    void a_malformed_event_is_a_failed_attempt() {
        assertThat(reader().data(TEXT, "data: {oops\n\n", STOP, DONE).failure().kind())
                .isEqualTo(FailureKind.MALFORMED);
    }

    @Test
    void an_answer_that_its_provider_withheld_is_a_failed_attempt() {
        assertThat(reader().data(TEXT, delta("", "'content_filter'")).failure().kind())
                .isEqualTo(FailureKind.REFUSED_BY_PROVIDER);
    }

    @Test
    void an_answer_without_a_word_is_empty_as_always() {
        assertThat(reader().data(ROLE, STOP, DONE).seen().log()).containsExactly("empty", "completed");
    }

    @Test
    void an_answer_at_its_limit_is_handed_on() {
        String limit = delta("", "'length'");
        assertThat(reader().data(TEXT, limit, DONE).seen().text()).isEqualTo(TEXT + limit + DONE);
    }

    @Test
    void of_several_answers_all_have_to_be_complete() {
        ReaderUnderTest reader = ReaderUnderTest.holding(Dialect.CHAT, 2).data(TEXT, STOP);
        assertThat(reader.seen().log()).isEmpty();
        reader.data(delta(1, "'content':'Oh'", "'stop'"));
        assertThat(reader.seen().log()).containsExactly("started");
    }
}

package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.Dialect;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamReaderTest {
    private static final String ROLE = delta("'role':'assistant','content':''", "null");
    private static final String TOKEN = delta("'content':'Hi'", "null");
    private static final String FINISH = delta("'content':''", "'stop'");
    private static final String DONE = "data: [DONE]\n\n";
    private static final String COMMENT = ": OPENROUTER PROCESSING\n\n";
    private static final String ERROR =
            event("{'error':{'code':502,'message':'key sk-1 is no good'},'choices':[{'finish_reason':'error'}]}");

    private final SeenOutcome seen = new SeenOutcome();
    private final StreamReader reader = new StreamReader(
            new ChunkReader(Grammar.of(Dialect.CHAT), new FailureReader(new Secret("sk-1")), part -> {}),
            new Secret("sk-1"),
            new ManualTime(),
            seen,
            0);

    private static String event(String json) {
        return "data: " + json.replace('\'', '"') + "\n\n";
    }

    private static String delta(String delta, String finish) {
        return event("{'choices':[{'index':0,'delta':{" + delta + "},'finish_reason':" + finish + "}]}");
    }

    private void data(String... events) {
        reader.data(String.join("", events).getBytes(UTF_8));
    }

    private Failure failure() {
        return seen.failure().map(AttemptFailed::failure).orElseThrow();
    }

    @Test
    void comments_and_roles_are_no_tokens() {
        data(COMMENT, ROLE, COMMENT, ROLE);

        assertThat(seen.log()).isEmpty();
    }

    @Test
    void the_first_token_starts_the_stream_with_all_chunks_that_came_before() {
        data(COMMENT, ROLE, TOKEN);

        assertThat(seen.log()).containsExactly("started");
        assertThat(seen.text()).isEqualTo(ROLE + TOKEN);
    }

    @Test
    void after_the_start_everything_is_handed_on_as_it_came() {
        data(TOKEN, COMMENT, ROLE, FINISH, "event: x\nid: 7\ndata: {}\n\n", DONE);

        assertThat(seen.text()).isEqualTo(TOKEN + COMMENT + ROLE + FINISH + "event: x\nid: 7\ndata: {}\n\n" + DONE);
        assertThat(seen.log()).containsExactly("started", "completed");
    }

    @Test
    void the_end_mark_is_not_invented() {
        data(TOKEN, FINISH);
        reader.ended();

        assertThat(seen.text()).isEqualTo(TOKEN + FINISH);
        assertThat(seen.log()).containsExactly("started", "completed");
    }

    @Test
    void a_reason_to_finish_is_told_and_is_no_end_yet() {
        data(TOKEN);
        assertThat(seen.isFinished()).isFalse();
        data(FINISH);

        assertThat(seen.isFinished()).isTrue();
        assertThat(seen.log()).containsExactly("started");
    }

    @Test
    void what_follows_the_end_mark_is_not_handed_on() {
        data(TOKEN, FINISH, DONE, TOKEN, DONE);
        reader.ended();
        reader.broken();

        assertThat(seen.text()).isEqualTo(TOKEN + FINISH + DONE);
        assertThat(seen.log()).containsExactly("started", "completed");
    }

    @Test
    void an_end_mark_without_its_empty_line_counts() {
        data(TOKEN, FINISH, "data: [DONE]");
        reader.ended();

        assertThat(seen.text()).isEqualTo(TOKEN + FINISH + DONE);
        assertThat(seen.log()).containsExactly("started", "completed");
    }

    @Test
    void an_end_without_a_reason_is_a_break() {
        data(TOKEN);
        reader.ended();

        assertThat(failure().kind()).isEqualTo(FailureKind.BROKEN);
    }

    @Test
    void an_end_within_an_event_is_a_break_even_after_a_reason_to_finish() {
        data(TOKEN, FINISH, "data: {\"usa");
        reader.ended();

        assertThat(seen.log()).containsExactly("started", "failed connection broken");
    }

    @Test
    void a_break_after_a_reason_to_finish_is_still_a_break() {
        data(TOKEN, FINISH);
        reader.broken();

        assertThat(seen.log()).containsExactly("started", "failed connection broken");
    }

    @Test
    void one_chunk_with_a_token_and_a_reason_is_a_whole_stream() {
        data(delta("'content':'Hi'", "'stop'"));
        reader.ended();

        assertThat(seen.log()).containsExactly("started", "completed");
    }

    @Test
    void an_end_before_any_token_is_no_answer() {
        data(ROLE, FINISH);
        reader.ended();

        assertThat(seen.log()).containsExactly("failed no answer in a successful response");
    }

    @Test
    void an_end_mark_before_any_token_is_no_answer() {
        data(ROLE, FINISH, DONE);

        assertThat(seen.log()).containsExactly("failed no answer in a successful response");
    }

    @Test
    void an_empty_stream_is_no_answer() {
        reader.ended();

        assertThat(failure().kind()).isEqualTo(FailureKind.NO_ANSWER);
    }

    @Test
    void a_reason_to_finish_that_came_before_the_first_token_ends_nothing() {
        data(FINISH, TOKEN);
        reader.ended();

        assertThat(failure().kind()).isEqualTo(FailureKind.BROKEN);
    }

    @Test
    void a_broken_connection_before_any_token_fails_the_attempt() {
        data(ROLE);
        reader.broken();

        assertThat(seen.log()).containsExactly("failed connection broken");
    }

    @Test
    void an_error_as_first_event_fails_the_attempt_and_nothing_is_handed_on() {
        data(COMMENT, ERROR, TOKEN, DONE);

        assertThat(seen.log()).containsExactly("failed 502 upstream error");
        assertThat(seen.text()).isEmpty();
        assertThat(failure().reply()).isEmpty();
    }

    @Test
    void an_error_after_the_first_token_breaks_the_stream_in_the_upstreams_words_without_the_key() {
        data(TOKEN, ERROR, DONE);

        assertThat(seen.text()).isEqualTo(TOKEN);
        assertThat(failure().reply())
                .contains(new Failure.Reply("text/event-stream", ERROR.replace("sk-1", "[redacted]")));
    }

    @Test
    void a_silent_error_after_the_first_token_breaks_the_stream_without_words() {
        data(TOKEN, delta("'content':''", "'error'"));

        assertThat(failure()).isEqualTo(Failure.of(FailureKind.NO_ANSWER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {\n\n", "data: hello\n\n", "data: []\n\n", "<html>\n\ndata: x\n\n"})
    void what_is_no_chunk_fails_the_attempt(String text) {
        data(text);

        assertThat(failure().kind()).isEqualTo(FailureKind.MALFORMED);
    }

    @Test
    void a_flood_of_chunks_that_say_nothing_fails_the_attempt() {
        String role = delta("'role':'" + "a".repeat(1_000) + "'", "null");
        for (int count = 0; count < 1_100; count++) {
            data(role);
        }

        assertThat(seen.log()).containsExactly("failed malformed answer");
    }

    @Test
    void any_number_of_comments_may_come_before_the_first_token() {
        for (int count = 0; count < 50_000; count++) {
            data(COMMENT);
        }
        data(TOKEN);

        assertThat(seen.text()).isEqualTo(TOKEN);
    }
}

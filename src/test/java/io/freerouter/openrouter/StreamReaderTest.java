package io.freerouter.openrouter;

import static io.freerouter.openrouter.ReaderUnderTest.delta;
import static io.freerouter.openrouter.ReaderUnderTest.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.error.FailureReader;
import io.freerouter.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamReaderTest {
    private static final String ROLE = delta("'role':'assistant','content':''", "null");
    private static final String TOKEN = delta("'content':'Hi'", "null");
    private static final String FINISH = delta("'content':''", "'stop'");
    private static final String LIMIT = delta("'content':''", "'length'");
    private static final String USAGE = event("{'choices':[],'usage':{'total_tokens':5}}");
    private static final String DONE = "data: [DONE]\n\n";
    private static final String COMMENT = ": OPENROUTER PROCESSING\n\n";
    private static final String OOPS = "data: {\"choices\":[{\"delta\":{\"content\":\"Hel\n\n";
    private static final String ERROR =
            event("{'error':{'code':502,'message':'key sk-1 is no good'},'choices':[{'finish_reason':'error'}]}");

    private final ReaderUnderTest reader = new ReaderUnderTest(Dialect.CHAT);
    private final SeenOutcome seen = reader.seen();

    private void data(String... events) {
        reader.data(events);
    }

    private Failure failure() {
        return reader.failure();
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
    void one_chunk_with_a_token_and_a_reason_is_a_whole_stream() {
        data(delta("'content':'Hi'", "'stop'"));
        reader.ended();

        assertThat(seen.log()).containsExactly("started", "completed");
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

    @Test
    void an_end_within_an_event_is_the_end_after_a_reason_to_finish() {
        data(TOKEN, FINISH, "data: {\"usa");
        reader.ended();

        assertThat(seen.log()).containsExactly("started", "completed");
        assertThat(seen.text()).isEqualTo(TOKEN + FINISH);
    }

    @Test
    void an_end_within_an_event_before_that_is_a_break() {
        data(TOKEN, "data: {\"usa");
        reader.ended();

        assertThat(seen.log()).containsExactly("started", "failed connection broken");
    }

    @Test
    void a_break_after_a_reason_to_finish_is_the_end() {
        data(TOKEN, FINISH);
        reader.broken();

        assertThat(seen.log()).containsExactly("started", "completed");
    }

    @Test
    void a_break_before_a_reason_to_finish_has_its_own_kind() {
        data(TOKEN);
        reader.broken();

        assertThat(failure().kind()).isEqualTo(FailureKind.DISCONNECTED);
    }

    @Test
    void a_break_before_any_token_fails_the_attempt() {
        data(ROLE);
        reader.broken();

        assertThat(seen.log()).containsExactly("failed connection broken");
    }

    @Test
    void several_answers_are_finished_when_each_is() {
        ReaderUnderTest two = new ReaderUnderTest(Dialect.CHAT, 2);
        two.data(delta(0, "'content':'Hi'", "null"), delta(0, "", "'stop'"));
        assertThat(two.seen().isFinished()).isFalse();
        two.data(delta(1, "'content':'Ho'", "null"), delta(1, "", "'stop'"));
        assertThat(two.seen().isFinished()).isTrue();
    }

    @Test
    void a_break_is_one_while_an_answer_is_not_finished() {
        ReaderUnderTest two = new ReaderUnderTest(Dialect.CHAT, 2);
        two.data(delta(0, "'content':'Hi'", "'stop'"), delta(1, "'content':'Ho'", "null"))
                .broken();
        assertThat(two.failure().kind()).isEqualTo(FailureKind.DISCONNECTED);
    }

    @Test
    void an_answer_that_was_not_asked_for_is_waited_for_as_well() {
        data(delta(0, "'content':'Hi'", "'stop'"), delta(1, "'content':'Ho'", "null"));
        reader.ended();
        assertThat(failure().kind()).isEqualTo(FailureKind.BROKEN);
    }

    @Test
    void a_model_may_give_fewer_answers_than_it_was_asked_for() {
        ReaderUnderTest two = new ReaderUnderTest(Dialect.CHAT, 2);
        two.data(delta(0, "'content':'Hi'", "'stop'")).ended();
        assertThat(two.seen().log()).containsExactly("started", "completed");
    }

    @Test
    void an_answer_that_ends_properly_without_a_word_is_empty_and_keeps_its_events() {
        data(COMMENT, ROLE, FINISH, USAGE, DONE);

        assertThat(seen.log()).containsExactly("empty", "completed");
        assertThat(seen.text()).isEqualTo(ROLE + FINISH + USAGE + DONE);
    }

    @Test
    void an_empty_answer_needs_no_end_mark() {
        data(ROLE, FINISH);
        reader.ended();

        assertThat(seen.log()).containsExactly("empty", "completed");
    }

    @Test
    void an_empty_answer_does_not_wait_long_for_its_end_mark() {
        data(ROLE, FINISH);
        reader.time().advance(Duration.ofMillis(1999));
        assertThat(seen.log()).isEmpty();
        reader.time().advance(Duration.ofMillis(1));

        assertThat(seen.log()).containsExactly("empty", "completed");
    }

    @Test
    void a_break_after_an_empty_answer_is_a_break() {
        data(ROLE, FINISH);
        reader.broken();

        assertThat(seen.log()).containsExactly("failed connection broken");
    }

    @Test
    void an_answer_without_a_word_because_of_a_limit_begins_with_its_end() {
        data(ROLE, LIMIT);
        assertThat(seen.log()).containsExactly("started");
        data(USAGE, DONE);

        assertThat(seen.log()).containsExactly("started", "completed");
        assertThat(seen.text()).isEqualTo(ROLE + LIMIT + USAGE + DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: [DONE]\n\n"})
    void an_answer_without_a_word_and_without_a_reason_is_none(String end) {
        data(ROLE, USAGE, end);
        reader.ended();

        assertThat(seen.log()).containsExactly("failed no answer in a successful response");
    }

    @Test
    void a_malformed_chunk_is_left_out_and_counted() {
        data(TOKEN, OOPS, TOKEN, FINISH, DONE);

        assertThat(seen.log()).containsExactly("started", "completed");
        assertThat(seen.text()).isEqualTo(TOKEN + TOKEN + FINISH + DONE);
        assertThat(reader.collector().metadata().skipped()).isEqualTo(1);
    }

    @Test
    void a_malformed_chunk_before_the_first_token_is_left_out_too() {
        data("data: <html>\n\n", TOKEN, FINISH, DONE);

        assertThat(seen.text()).isEqualTo(TOKEN + FINISH + DONE);
    }

    @Test
    void several_malformed_chunks_end_the_stream() {
        data(TOKEN, OOPS, "data: []\n\n", OOPS, TOKEN);
        assertThat(seen.log()).containsExactly("started");
        data(OOPS, TOKEN, FINISH, DONE);

        assertThat(seen.log()).containsExactly("started", "failed malformed answer");
        assertThat(seen.text()).isEqualTo(TOKEN + TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {\n\n", "data: hello\n\n", "data: []\n\n", "<html>\n\ndata: x\n\n", "{\"a\":1}"})
    void a_stream_of_which_nothing_is_a_chunk_is_malformed(String text) {
        data(text);
        reader.ended();

        assertThat(failure().kind()).isEqualTo(FailureKind.MALFORMED);
    }

    @Test
    void an_answer_whose_only_words_may_have_been_malformed_is_no_empty_answer() {
        data(OOPS, FINISH, DONE);

        assertThat(failure().kind()).isEqualTo(FailureKind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", ": PROCESSING\n\n", "\r\n\r\n"})
    void an_error_without_an_event_around_it_is_an_error(String before) {
        data(before, "{\n\"error\": {\"code\": 429, \"message\": \"Slow down\"}\n}");
        reader.ended();

        assertThat(failure().kind()).isEqualTo(FailureKind.RATE_LIMITED);
    }

    @Test
    void an_error_hidden_in_a_plain_looking_chunk_is_seen_before_it_is_handed_on() {
        String hidden = event("{'choices':[{'delta':{'content':'Hi'}}],'\\u0065rror':{'code':429}}");
        data(TOKEN, TOKEN, hidden);

        assertThat(failure().kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(seen.text()).isEqualTo(TOKEN + TOKEN);
    }

    @Test
    void the_beginning_of_an_answer_has_a_bound_however_long_the_request_is() {
        StreamReader huge = new StreamReader(
                new AnswerEventReader(
                        DialectFormats.of(Dialect.CHAT).answer(),
                        new FailureReader(new Secret("")::redact),
                        reader.collector(),
                        1),
                new TextEventFilter(DialectFormats.of(Dialect.CHAT).answer()),
                new Secret(""),
                new ManualTime(),
                seen,
                64 << 20);
        byte[] role = delta("'role':'" + "a".repeat(1 << 20) + "'", "null").getBytes(UTF_8);
        for (int count = 0; count < 16; count++) {
            huge.data(role);
        }

        assertThat(seen.log()).containsExactly("failed malformed answer");
    }

    private static String quoted(String event) {
        return event.replace('\'', '"').replace("|", "\n") + "\n\n";
    }

    /** Each dialect's first token. */
    private static String token(Dialect dialect) {
        return switch (dialect) {
            case CHAT, EMBEDDINGS -> TOKEN;
            case COMPLETIONS -> event("{'choices':[{'index':0,'text':'Hi'}]}");
            case MESSAGES ->
                event("{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'Hi'}}");
            case RESPONSES -> event("{'type':'response.output_text.delta','delta':'Hi'}");
        };
    }

    /** Each dialect's end of a good answer. */
    private static String end(Dialect dialect) {
        return switch (dialect) {
            case CHAT, COMPLETIONS, EMBEDDINGS -> FINISH + DONE;
            case MESSAGES ->
                event("{'type':'message_delta','delta':{'stop_reason':'end_turn'}}") + event("{'type':'message_stop'}");
            case RESPONSES -> event("{'type':'response.completed','response':{'status':'completed'}}");
        };
    }

    static Stream<Arguments> errorsInOtherClothes() {
        List<String> errors = List.of(
                "event: error|data: upstream died",
                "event:error|data:upstream died",
                "data: upstream died|event: error",
                "event: error|data:",
                "event: error|data: [DONE]",
                "event: error|data: 'boo'",
                "event: error|data: ['boo']",
                "event: error|data: {}",
                "event: error|data: {'message':'boo','code':500}",
                "event: error|data: {'detail':'boo'}",
                "event: error|data: {'error':'boo'}",
                "event: error|data: {'choices':[]}",
                "data: {'object':'error','message':'boo','type':'BadRequestError','param':null,'code':50000}",
                "data: {'object':'error'}",
                "data: {'type':'error','message':'boo'}",
                "data: {'type':'error','error':{'message':'boo'}}",
                "data: {'message':'boo','code':500}",
                "data: {'detail':'boo'}",
                "data: {'detail':['boo']}",
                "data: {'error':500}",
                "data: {'error':true}",
                "data: {'error':'boo'}",
                "data: {'error':['boo']}",
                "data: {'error':[{'message':'boo'}]}",
                "data: {'error':{'error':{'message':'boo'}}}",
                "data: [{'error':{'message':'boo'}}]");
        return Stream.of(Dialect.CHAT, Dialect.COMPLETIONS, Dialect.MESSAGES, Dialect.RESPONSES)
                .flatMap(dialect -> errors.stream().map(error -> Arguments.of(dialect, error)));
    }

    @ParameterizedTest
    @MethodSource("errorsInOtherClothes")
    void an_error_in_any_clothes_breaks_the_stream(Dialect dialect, String error) {
        ReaderUnderTest stream = new ReaderUnderTest(dialect).data(token(dialect));
        stream.data(quoted(error)).data(end(dialect)).ended();

        assertThat(stream.seen().log()).hasSize(2).first().isEqualTo("started");
        assertThat(stream.seen().failure()).isPresent();
        assertThat(stream.seen().text()).isEqualTo(token(dialect));
        assertThat(stream.failure().kind().verdict()).isEqualTo(FailureKind.Verdict.NEXT);
    }

    @ParameterizedTest
    @MethodSource("errorsInOtherClothes")
    void an_error_in_any_clothes_before_the_first_token_fails_the_attempt(Dialect dialect, String error) {
        ReaderUnderTest stream = new ReaderUnderTest(dialect);
        stream.data(quoted(error)).data(token(dialect), end(dialect)).ended();

        assertThat(stream.seen().log()).hasSize(1);
        assertThat(stream.seen().failure()).isPresent();
        assertThat(stream.failure().kind().verdict()).isEqualTo(FailureKind.Verdict.NEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "''", "' '", "{}", "[]", "0", "{'message':''}"})
    void an_error_that_says_nothing_is_none(String nothing) {
        data(TOKEN, event("{'error':" + nothing + ",'choices':[{'index':0,'delta':{'content':'x'}}]}"), FINISH, DONE);

        assertThat(seen.log()).containsExactly("started", "completed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"code\":429,\"message\":\"Rate limit exceeded: free-models-per-day\"}}",
                "[{\"error\":{\"code\":429,\"message\":\"Rate limit exceeded: free-models-per-day\"}}]",
                "data: {\"error\":{\"code\":429,\"message\":\"Rate limit exceeded: free-models-per-day\"}}\n",
                "event: error\ndata: Rate limit exceeded: free-models-per-day"
            })
    void an_error_that_comes_just_before_the_connection_breaks_is_what_failed(String error) {
        data(COMMENT, ROLE, error);
        reader.broken();

        assertThat(failure().kind()).isEqualTo(FailureKind.DAY_SPENT);
    }

    @Test
    void a_token_that_comes_just_before_the_connection_breaks_starts_nothing() {
        data(ROLE, TOKEN.stripTrailing());
        reader.broken();

        assertThat(seen.log()).hasSize(1);
        assertThat(failure().kind()).isEqualTo(FailureKind.DISCONNECTED);
    }

    @Test
    void a_reason_to_finish_that_comes_just_before_the_connection_breaks_counts() {
        data(TOKEN, FINISH.stripTrailing());
        reader.broken();

        assertThat(seen.log()).containsExactly("started", "completed");
        assertThat(seen.text()).isEqualTo(TOKEN + FINISH);
    }
}

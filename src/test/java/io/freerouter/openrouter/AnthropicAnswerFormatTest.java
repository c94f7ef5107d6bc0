package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.engine.Dialect;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.FailureKind;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anthropic's messages as an upstream gives them. */
class AnthropicAnswerFormatTest extends DialectReading {
    private static final String START = event("message_start", "'message':{'content':[],'usage':{'input_tokens':1}}");
    private static final String PING = event("ping", "'x':1");
    private static final String BLOCK =
            event("content_block_start", "'index':0,'content_block':{'type':'text','text':''}");
    private static final String TOKEN =
            event("content_block_delta", "'index':0,'delta':{'type':'text_delta','text':'Hi'}");
    private static final String FINISH =
            event("message_delta", "'delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':1,'cost':0.5}");
    private static final String STOP = event("message_stop", "'x':1");
    private static final String ERROR = event("error", "'error':{'type':'overloaded_error','message':'Overloaded'}");

    AnthropicAnswerFormatTest() {
        super(Dialect.MESSAGES);
    }

    @Test
    void a_begun_message_and_pings_are_no_tokens() {
        data(START, PING, BLOCK, PING);
        assertThat(seen.log()).isEmpty();
    }

    @Test
    void named_events_are_handed_on_as_they_came_from_the_first_to_the_end_mark() {
        data(START, PING, BLOCK, TOKEN, FINISH, STOP, "data: [DONE]\n\n");
        assertThat(seen.log()).containsExactly("started", "completed");
        assertThat(seen.text()).isEqualTo(START + PING + BLOCK + TOKEN + FINISH + STOP);
        assertThat(collector.metadata().cost()).contains(new BigDecimal("0.5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'content_block':{'type':'tool_use','name':'look','input':{}}",
                "'content_block':{'type':'redacted_thinking','data':'x'}",
                "'delta':{'type':'thinking_delta','thinking':'Hm'}",
                "'delta':{'type':'input_json_delta','partial_json':'{'}"
            })
    void calls_and_thoughts_are_tokens(String part) {
        data(START, event("content_block_x", "'index':0," + part));
        assertThat(seen.log()).containsExactly("started");
    }

    @Test
    void an_error_as_the_first_event_fails_the_attempt() {
        data(ERROR);
        assertThat(seen.failure()).isPresent();
        assertThat(failure().kind()).isEqualTo(FailureKind.SERVER_ERROR);
    }

    @Test
    void a_rate_limit_within_a_stream_is_one() {
        data(event("error", "'error':{'type':'rate_limit_error','message':'Slow down'}"));
        assertThat(failure().kind()).isEqualTo(FailureKind.RATE_LIMITED);
    }

    @Test
    void an_error_after_the_first_token_is_handed_on_as_it_is() {
        data(TOKEN, ERROR);
        assertThat(seen.failure().orElseThrow().failure().reply().orElseThrow().body())
                .isEqualTo(ERROR);
    }

    @Test
    void an_error_that_clients_would_not_know_for_one_is_not_handed_on() {
        data(TOKEN, ERROR.replace("event: error\n", ""));
        assertThat(seen.failure().orElseThrow().failure().reply()).isEmpty();
    }

    @Test
    void an_end_without_a_reason_is_a_break() {
        data(TOKEN);
        reader.ended();
        assertThat(failure().kind()).isEqualTo(FailureKind.BROKEN);
    }

    @Test
    void an_end_or_a_break_after_the_reason_is_the_end() {
        data(TOKEN, FINISH);
        assertThat(seen.isFinished()).isTrue();
        reader.broken(FailureKind.DISCONNECTED);
        assertThat(seen.log()).containsExactly("started", "completed");
    }

    @Test
    void a_message_that_says_nothing_is_an_empty_answer() {
        data(START, FINISH, STOP);
        assertThat(seen.log()).containsExactly("empty", "completed");
        assertThat(seen.text()).isEqualTo(START + FINISH + STOP);
    }

    @Test
    void a_message_that_says_nothing_because_of_a_limit_is_an_answer() {
        data(START, FINISH.replace("end_turn", "max_tokens"), STOP);
        assertThat(seen.log()).containsExactly("started", "completed");
    }

    @Test
    void a_message_without_a_reason_is_no_answer() {
        data(START, STOP);
        assertThat(failure().kind()).isEqualTo(FailureKind.NO_ANSWER);
    }

    @Test
    void tool_calls_are_put_together_from_their_pieces() {
        data(
                event("content_block_start", "'index':1,'content_block':{'type':'tool_use','name':'look','input':{}}"),
                event("content_block_delta", "'index':1,'delta':{'type':'input_json_delta','partial_json':'[1'}"));
        collector.finish();
        assertThat(collector.metadata().usable()).isFalse();
        data(event("content_block_delta", "'index':1,'delta':{'type':'input_json_delta','partial_json':']'}"));
        collector.finish();
        assertThat(collector.metadata().usable()).isTrue();
    }

    @Test
    void a_whole_message_is_an_answer_and_its_calls_are_judged() {
        String call =
                "{'type':'message','content':[{'type':'tool_use','name':'%s','input':{'a':1}}],'usage':{'cost':1}}";
        assertThat(whole(call.formatted("look")).metadata().usable()).isTrue();
        assertThat(whole(call.formatted("leap")).metadata().usable()).isFalse();
        assertThat(whole(call.formatted("look")).metadata().charge()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'error','error':{'type':'api_error','message':'x'}}",
                "{'type':'message','content':[]}",
                "{'type':'message','content':[{'type':'text','text':''}]}"
            })
    void what_only_has_an_answers_status_is_none(String json) {
        assertThatExceptionOfType(AttemptException.class).isThrownBy(() -> whole(json));
    }

    @Test
    void a_whole_message_without_a_word_is_empty_unless_a_limit_left_no_room() {
        assertThat(whole("{'type':'message','content':[],'stop_reason':'end_turn'}")
                        .empty())
                .isTrue();
        assertThat(whole("{'type':'message','content':[],'stop_reason':'max_tokens'}")
                        .empty())
                .isFalse();
    }
}

package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.engine.Completion;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.ManualTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anthropic's messages as an upstream gives them. */
class MessagesGrammarTest {
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

    private final Grammar grammar = Grammar.of(Dialect.MESSAGES);
    private final FailureReader failures = new FailureReader(new Secret(""));
    private final AnswerNotes notes = new AnswerNotes(grammar, Set.of("look"));
    private final SeenOutcome seen = new SeenOutcome();
    private final StreamReader reader =
            new StreamReader(new ChunkReader(grammar, failures, notes::add), new Secret(""), new ManualTime(), seen, 0);

    private static String event(String type, String members) {
        return ("event: " + type + "\ndata: {'type':'" + type + "'," + members + "}\n\n").replace('\'', '"');
    }

    private void data(String... events) {
        reader.data(String.join("", events).getBytes(UTF_8));
    }

    private FailureKind failure() {
        return seen.failure().map(AttemptFailed::failure).orElseThrow().kind();
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
        assertThat(notes.findings().cost()).contains(new BigDecimal("0.5"));
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
        assertThat(failure()).isEqualTo(FailureKind.SERVER_ERROR);
    }

    @Test
    void a_rate_limit_within_a_stream_is_one() {
        data(event("error", "'error':{'type':'rate_limit_error','message':'Slow down'}"));
        assertThat(failure()).isEqualTo(FailureKind.RATE_LIMITED);
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
    void an_end_without_the_end_mark_is_a_break() {
        data(TOKEN, FINISH);
        reader.ended();
        assertThat(failure()).isEqualTo(FailureKind.BROKEN);
    }

    @Test
    void a_message_that_says_nothing_is_no_answer() {
        data(START, FINISH, STOP);
        assertThat(failure()).isEqualTo(FailureKind.NO_ANSWER);
    }

    @Test
    void tool_calls_are_put_together_from_their_pieces() {
        data(
                event("content_block_start", "'index':1,'content_block':{'type':'tool_use','name':'look','input':{}}"),
                event("content_block_delta", "'index':1,'delta':{'type':'input_json_delta','partial_json':'[1'}"));
        notes.finish();
        assertThat(notes.findings().usable()).isFalse();
        data(event("content_block_delta", "'index':1,'delta':{'type':'input_json_delta','partial_json':']'}"));
        notes.finish();
        assertThat(notes.findings().usable()).isTrue();
    }

    private Completion whole(String json) {
        return new CompletionReader(grammar, failures)
                .read(json.replace('\'', '"').getBytes(UTF_8), Set.of("look"), Instant.EPOCH);
    }

    @Test
    void a_whole_message_is_an_answer_and_its_calls_are_judged() {
        String call =
                "{'type':'message','content':[{'type':'tool_use','name':'%s','input':{'a':1}}],'usage':{'cost':1}}";
        assertThat(whole(call.formatted("look")).findings().usable()).isTrue();
        assertThat(whole(call.formatted("leap")).findings().usable()).isFalse();
        assertThat(whole(call.formatted("look")).findings().charge()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'error','error':{'type':'api_error','message':'x'}}",
                "{'type':'message','content':[]}",
                "{'type':'message','content':[{'type':'text','text':''}]}"
            })
    void what_only_has_an_answers_status_is_none(String json) {
        assertThatExceptionOfType(AttemptFailed.class).isThrownBy(() -> whole(json));
    }
}

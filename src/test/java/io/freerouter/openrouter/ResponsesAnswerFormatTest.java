package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.engine.Dialect;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's responses as an upstream gives them. */
class ResponsesAnswerFormatTest extends DialectReading {
    private static final String CREATED = event("response.created", "'response':{'status':'in_progress','output':[]}");
    private static final String ADDED =
            event("response.output_item.added", "'output_index':0,'item':{'type':'message','content':[]}");
    private static final String TOKEN = event("response.output_text.delta", "'output_index':0,'delta':'Hi'");
    private static final String COMPLETED =
            event("response.completed", "'response':{'status':'completed','output':[],'usage':{'cost':0.5}}");
    private static final String FAILED =
            event("response.failed", "'response':{'status':'failed','error':{'code':'server_error','message':'x'}}");

    ResponsesAnswerFormatTest() {
        super(Dialect.RESPONSES);
    }

    @Test
    void what_only_tells_of_progress_is_no_token() {
        data(CREATED, ADDED, event("response.output_text.delta", "'delta':''"));
        data(event("response.output_item.added", "'item':{'type':'reasoning','summary':[]}"));
        assertThat(seen.log()).isEmpty();
    }

    @Test
    void named_events_are_handed_on_as_they_came_from_the_first_to_the_end_mark() {
        data(CREATED, ADDED, TOKEN, COMPLETED, "data: [DONE]\n\n");
        assertThat(seen.log()).containsExactly("started", "completed");
        assertThat(seen.text()).isEqualTo(CREATED + ADDED + TOKEN + COMPLETED);
        assertThat(collector.metadata().cost()).contains(new BigDecimal("0.5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'response.reasoning_text.delta','delta':'Hm'}",
                "{'type':'response.reasoning_summary_text.delta','delta':'Hm'}",
                "{'type':'response.refusal.delta','delta':'No'}",
                "{'type':'response.function_call_arguments.delta','delta':'{'}",
                "{'type':'response.output_item.added','item':{'type':'function_call','name':'look'}}",
                "{'type':'response.output_item.added','item':{'type':'custom_tool_call','name':'patch'}}",
                "{'type':'response.output_item.done','item':{'type':'message','content':[{'text':'Hi'}]}}"
            })
    void thoughts_refusals_and_calls_are_tokens(String json) {
        data(CREATED, "data: " + json.replace('\'', '"') + "\n\n");
        assertThat(seen.log()).containsExactly("started");
    }

    @Test
    void an_answer_that_comes_with_its_end_is_one() {
        String all =
                event("response.completed", "'response':{'output':[{'type':'message','content':[{'text':'Hi'}]}]}");
        data(CREATED, all);
        assertThat(seen.log()).containsExactly("started", "completed");
        assertThat(seen.text()).isEqualTo(CREATED + all);
    }

    @Test
    void an_end_of_which_the_answer_was_cut_off_is_an_end() {
        data(TOKEN, event("response.incomplete", "'response':{'status':'incomplete','output':[]}"));
        assertThat(seen.log()).containsExactly("started", "completed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'error','code':'server_error','message':'x','param':null}",
                "{'type':'error','error':{'code':'server_error','message':'x'}}",
                "{'type':'response.failed','response':{'status':'failed','error':{'code':'server_error','message':'x'}}}",
                "{'type':'response.failed','response':{'status':'failed','error':null}}",
                "{'type':'response.error','error':{'message':'x'}}",
                "{'error':{'code':502,'message':'x'}}"
            })
    void an_error_before_the_first_token_fails_the_attempt(String json) {
        data(CREATED, "data: " + json.replace('\'', '"') + "\n\n");
        assertThat(failure().kind()).isIn(FailureKind.SERVER_ERROR, FailureKind.NO_ANSWER);
        assertThat(seen.text()).isEmpty();
    }

    @Test
    void a_rate_limit_is_known_by_its_code() {
        data(event("error", "'code':'rate_limit_exceeded','message':'x'"));
        assertThat(failure().kind()).isEqualTo(FailureKind.RATE_LIMITED);
    }

    @Test
    void a_failed_response_after_the_first_token_is_handed_on_as_it_is() {
        data(TOKEN, FAILED);
        assertThat(failure().reply().orElseThrow().body()).isEqualTo(FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: [DONE]\n\n"})
    void an_end_without_the_end_mark_is_a_break(String end) {
        data(TOKEN, end);
        reader.ended();
        assertThat(failure().kind()).isEqualTo(FailureKind.BROKEN);
    }

    @Test
    void a_response_that_says_nothing_is_an_empty_answer() {
        data(CREATED, COMPLETED);
        assertThat(seen.log()).containsExactly("empty", "completed");
        assertThat(seen.text()).isEqualTo(CREATED + COMPLETED);
    }

    @Test
    void a_response_that_says_nothing_because_of_a_limit_is_an_answer() {
        String response = "'response':{'status':'incomplete','incomplete_details':{'reason':'max_output_tokens'}}";
        data(CREATED, event("response.incomplete", response));
        assertThat(seen.log()).containsExactly("started", "completed");
    }

    @Test
    void a_whole_response_without_a_word_is_empty_unless_a_limit_left_no_room() {
        String limited = "{'status':'incomplete','incomplete_details':{'reason':'%s'},'output':[]}";
        assertThat(whole("{'status':'completed','error':null,'output':[]}").empty())
                .isTrue();
        assertThat(whole(limited.formatted("max_output_tokens")).empty()).isFalse();
        assertThat(whole(limited.formatted("content_filter")).empty()).isTrue();
    }

    @Test
    void a_break_after_the_last_event_is_no_harm() {
        data(TOKEN, COMPLETED);
        reader.broken(FailureKind.DISCONNECTED);
        assertThat(seen.log()).containsExactly("started", "completed");
    }

    @Test
    void a_whole_response_is_an_answer_and_its_calls_are_judged() {
        String call =
                "{'status':'completed','error':null,'output':[{'type':'function_call','name':'look','arguments':'%s'}]}";
        assertThat(whole(call.formatted("{}")).metadata().usable()).isTrue();
        assertThat(whole(call.formatted("{")).metadata().usable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'status':'failed','error':{'code':'server_error','message':'x'},'output':[]}",
                "{'status':'failed','error':null,'output':[{'type':'message','content':[{'text':'Hi'}]}]}",
                "{'status':'in_progress','output':[]}"
            })
    void what_only_has_an_answers_status_is_none(String json) {
        assertThatExceptionOfType(AttemptException.class).isThrownBy(() -> whole(json));
    }

    @Test
    void what_stands_beside_an_error_belongs_to_it() {
        String body = "{'error':{'code':'rate_limit_exceeded','message':'x'},'metadata':{'limit_source':'"
                + "openrouter_free_tier_daily'}}";
        Failure failure = failures.read(429, name -> null, null, body.replace('\'', '"'), Instant.EPOCH);
        assertThat(failure.kind()).isEqualTo(FailureKind.DAY_SPENT);
    }
}

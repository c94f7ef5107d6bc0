package io.freerouter.openrouter;

import static io.freerouter.openrouter.ReaderUnderTest.delta;
import static io.freerouter.openrouter.ReaderUnderTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams whose tool calls are checked. */
class CheckedCallsTest {
    private static final String TOOLS =
            "[{'type':'function','function':{'name':'read','parameters':{'required':['path'],'properties':{'path':{'type':'string'}}}}},"
                    + "{'type':'function','function':{'name':'list'}}]";
    private static final String DONE = "data: [DONE]\n\n";
    private static final String USAGE = event("{'choices':[],'usage':{'prompt_tokens':1,'completion_tokens':2}}");
    private static final String ROLE = delta("'role':'assistant','content':''", "null");
    private static final String TEXT = delta("'content':'Well'", "null");
    private static final String BEGUN =
            delta("'tool_calls':[{'index':0,'id':'a','function':{'name':'read','arguments':''}}]", "null");
    private static final String SECOND =
            delta("'tool_calls':[{'index':1,'id':'b','function':{'name':'list','arguments':'{}'}}]", "null");
    private static final String FINISH = delta("", "'tool_calls'");

    private static String arguments(String piece) {
        return event("{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'arguments':" + "'"
                + piece.replace("\"", "\\'") + "'}}]},'finish_reason':null}]}");
    }

    private static ReaderUnderTest chat(String choice) {
        return ReaderUnderTest.checking(Dialect.CHAT, 1, TOOLS, choice, "read", "list");
    }

    private static final String[] SOUND = {BEGUN, arguments("{\"path\":"), arguments("\"a\"}"), SECOND, FINISH};

    @Test
    void sound_calls_are_held_until_they_are_complete_and_then_handed_on_byte_for_byte() {
        ReaderUnderTest reader = chat("").data(ROLE);
        for (String event : SOUND) {
            assertThat(reader.seen().log()).isEmpty();
            reader.data(event);
        }
        assertThat(reader.seen().log()).containsExactly("started");
        assertThat(reader.seen().text()).isEqualTo(ROLE + String.join("", SOUND));
        assertThat(reader.seen().isFinished()).isTrue();
        reader.data(USAGE, DONE).ended();
        assertThat(reader.seen().text()).isEqualTo(ROLE + String.join("", SOUND) + USAGE + DONE);
        assertThat(reader.seen().log()).containsExactly("started", "completed");
        reader.collector().finish();
        assertThat(reader.collector().metadata().usable()).isTrue();
    }

    @Test
    void text_before_a_call_flows_as_it_comes() {
        ReaderUnderTest reader = chat("").data(ROLE, TEXT);
        assertThat(reader.seen().text()).isEqualTo(ROLE + TEXT);
        reader.data(TEXT, BEGUN, arguments("{\"path\":\"a\"}"), TEXT);
        assertThat(reader.seen().text()).isEqualTo(ROLE + TEXT + TEXT);
        reader.data(FINISH);
        assertThat(reader.seen().text())
                .isEqualTo(ROLE + TEXT + TEXT + BEGUN + arguments("{\"path\":\"a\"}") + TEXT + FINISH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"path\":7}", "{\"path\":\"a", "path=a", "{\"path\":\"a\""})
    void an_unsound_call_before_the_first_token_is_a_failed_attempt(String unsound) {
        ReaderUnderTest reader = chat("").data(ROLE, BEGUN, arguments(unsound), FINISH, USAGE, DONE)
                .ended();
        assertThat(reader.seen().text()).isEmpty();
        assertThat(reader.failure().kind()).isEqualTo(FailureKind.UNSOUND_CALLS);
        assertThat(reader.seen().log()).hasSize(1);
    }

    @Test
    void an_unsound_call_after_text_is_handed_on_as_it_came_and_counted() {
        ReaderUnderTest reader = chat("").data(TEXT, BEGUN, arguments("{}"), FINISH, DONE);
        assertThat(reader.seen().text()).isEqualTo(TEXT + BEGUN + arguments("{}") + FINISH + DONE);
        AnswerMetadata metadata = finished(reader);
        assertThat(metadata.usable()).isFalse();
        assertThat(metadata.repaired()).isFalse();
    }

    @Test
    void a_certain_repair_is_made_before_and_after_text() {
        String[] call = {BEGUN, arguments("{\"path\":"), arguments("\"a\",}"), FINISH, DONE};
        ReaderUnderTest first = chat("").data(call);
        ReaderUnderTest later = chat("").data(TEXT).data(call);
        for (ReaderUnderTest reader : new ReaderUnderTest[] {first, later}) {
            assertThat(reader.seen().text())
                    .contains("\"arguments\":\"{\\\"path\\\":\\\"a\\\"}\"", "\"finish_reason\":\"tool_calls\"", DONE)
                    .doesNotContain(",}");
            AnswerMetadata metadata = finished(reader);
            assertThat(metadata.usable()).isTrue();
            assertThat(metadata.repaired()).isTrue();
        }
    }

    @Test
    void missing_brackets_are_added_only_after_text() {
        ReaderUnderTest reader = chat("").data(TEXT, BEGUN, arguments("{\"path\":\"a\""), FINISH, DONE);
        assertThat(reader.seen().text()).contains("\"arguments\":\"{\\\"path\\\":\\\"a\\\"}\"");
        assertThat(finished(reader).repaired()).isTrue();
    }

    @Test
    void a_promise_of_calls_without_calls_is_unsound() {
        assertThat(chat("").data(ROLE, FINISH, DONE).failure().kind()).isEqualTo(FailureKind.UNSOUND_CALLS);
        ReaderUnderTest spoken = chat("").data(TEXT, FINISH, DONE);
        assertThat(spoken.seen().text()).isEqualTo(TEXT + FINISH + DONE);
        assertThat(finished(spoken).usable()).isFalse();
    }

    @Test
    void an_answer_that_ignores_the_choice_of_tools_is_unsound() {
        assertThat(chat("'required'")
                        .data(ROLE, delta("", "'stop'"), DONE)
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.UNSOUND_CALLS);
        assertThat(chat("'none'").data(SOUND).failure().kind()).isEqualTo(FailureKind.UNSOUND_CALLS);
        assertThat(finished(chat("'required'").data(TEXT, delta("", "'stop'"), DONE))
                        .usable())
                .isFalse();
        assertThat(finished(chat("'required'").data(SOUND).data(DONE)).usable()).isTrue();
    }

    @Test
    void an_answer_at_its_limit_is_handed_on_as_it_came() {
        ReaderUnderTest reader = chat("").data(BEGUN, arguments("{\"pa"), delta("", "'length'"), DONE);
        assertThat(reader.seen().text()).isEqualTo(BEGUN + arguments("{\"pa") + delta("", "'length'") + DONE);
        assertThat(finished(reader).usable()).isFalse();
    }

    @Test
    void an_answer_that_ends_without_a_reason_but_with_its_mark_is_checked_too() {
        assertThat(chat("").data(BEGUN, arguments("{\"path\":\"a\"}"), DONE)
                        .seen()
                        .log())
                .containsExactly("started", "completed");
        assertThat(chat("").data(BEGUN, arguments("{}"), DONE).failure().kind()).isEqualTo(FailureKind.UNSOUND_CALLS);
    }

    @Test
    void a_stream_that_breaks_within_a_call_hands_no_part_of_the_call_on() {
        assertThat(chat("").data(BEGUN, arguments("{\"path\""))
                        .broken()
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.DISCONNECTED);
        assertThat(chat("").data(BEGUN, arguments("{\"path\""))
                        .ended()
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.BROKEN);
        ReaderUnderTest spoken =
                chat("").data(TEXT, BEGUN, arguments("{\"path\"")).broken();
        assertThat(spoken.seen().text()).isEqualTo(TEXT);
        assertThat(spoken.failure().kind()).isEqualTo(FailureKind.DISCONNECTED);
    }

    @Test
    void each_of_several_answers_is_checked() {
        String other = delta(1, "'content':'Hm'", "'stop'");
        ReaderUnderTest reader = ReaderUnderTest.checking(Dialect.CHAT, 2, TOOLS, "", "read", "list")
                .data(BEGUN, arguments("{\"path\":\"a\"}"), FINISH);
        assertThat(reader.seen().log()).isEmpty();
        reader.data(other, DONE);
        assertThat(reader.seen().text()).isEqualTo(BEGUN + arguments("{\"path\":\"a\"}") + FINISH + other + DONE);
    }

    @Test
    void while_a_call_is_held_its_caller_gets_comments_and_the_upstreams_comments_pass() {
        ReaderUnderTest reader = chat("").data(TEXT, BEGUN);
        for (int second = 0; second < 21; second++) {
            reader.time().advance(Duration.ofSeconds(1));
            reader.data(arguments(second == 0 ? "{\"path\":\"" : "a"));
        }
        assertThat(reader.seen().held()).hasSize(22);
        assertThat(reader.seen().text()).isEqualTo(TEXT + ": checking a tool call\n\n");
        reader.data(": OPENROUTER PROCESSING\n\n", arguments("\"}"), FINISH, DONE);
        assertThat(reader.seen().text())
                .startsWith(TEXT + ": checking a tool call\n\n: OPENROUTER PROCESSING\n\n" + BEGUN)
                .endsWith(FINISH + DONE);
        assertThat(finished(reader).usable()).isTrue();
    }

    @Test
    void a_call_of_a_megabyte_is_checked() {
        String piece = "x".repeat(1000);
        ReaderUnderTest reader = chat("").data(BEGUN, arguments("{\"path\":\""));
        for (int count = 0; count < 1100; count++) {
            reader.data(arguments(piece));
        }
        assertThat(reader.seen().log()).isEmpty();
        reader.data(arguments("\"}"), FINISH, DONE);
        assertThat(reader.seen().text()).hasSizeGreaterThan(1 << 20).endsWith(FINISH + DONE);
        assertThat(finished(reader).usable()).isTrue();
    }

    @Test
    void what_is_longer_than_any_call_flows_unchecked() {
        String piece = "x".repeat(1 << 20);
        ReaderUnderTest reader = chat("").data(BEGUN, arguments("{\"path\":\""));
        for (int count = 0; count < 17; count++) {
            reader.data(arguments(piece));
        }
        assertThat(reader.seen().log()).containsExactly("started");
        reader.data(FINISH, DONE);
        assertThat(reader.seen().text()).endsWith(FINISH + DONE);
    }

    @Test
    void an_error_while_a_call_is_held_is_a_failed_attempt() {
        ReaderUnderTest reader =
                chat("").data(BEGUN, event("{'error':{'code':502,'message':'Provider returned error'}}"));
        assertThat(reader.seen().text()).isEmpty();
        assertThat(reader.failure().kind()).isEqualTo(FailureKind.SERVER_ERROR);
    }

    private static String text(String piece) {
        return delta("'content':'" + piece.replace("\"", "\\'") + "'", "null");
    }

    private static final String STOP = delta("", "'stop'");

    @Test
    void calls_that_are_written_as_text_become_calls() {
        ReaderUnderTest reader = chat("").data(ROLE, text("I look. <"), text("tool_call>{\"name\":\"read\","));
        assertThat(reader.seen().log()).isEmpty();
        reader.data(text("\"arguments\":{\"path\":\"a\"}}</tool_call>"), STOP, USAGE, DONE);
        assertThat(reader.seen().text())
                .startsWith(ROLE)
                .contains("\"content\":\"I look.\"", "\"name\":\"read\"", "\"arguments\":\"{\\\"path\\\":\\\"a\\\"}\"")
                .contains("\"finish_reason\":\"tool_calls\"")
                .endsWith(USAGE + DONE)
                .doesNotContain("tool_call>", "\"stop\"");
        AnswerMetadata metadata = finished(reader);
        assertThat(metadata.rescued()).isTrue();
        assertThat(metadata.usable()).isTrue();
    }

    @Test
    void the_text_before_such_a_call_flows_as_it_comes() {
        ReaderUnderTest reader = chat("").data(TEXT, text(" then "), text("[TOOL"));
        assertThat(reader.seen().text()).isEqualTo(TEXT + text(" then "));
        reader.data(text("_CALLS]list{}"), STOP, DONE);
        assertThat(reader.seen().text())
                .startsWith(TEXT + text(" then ") + "data: ")
                .contains("\"name\":\"list\"")
                .doesNotContain("TOOL_CALLS", "\"content\":\"\"");
    }

    @Test
    void a_text_that_only_began_like_a_call_is_handed_on_as_it_came() {
        String[] events = {text("a <"), text("b> c "), text("<tool_call>no</tool_call>"), STOP, USAGE, DONE};
        ReaderUnderTest reader = chat("");
        reader.data(events[0]);
        assertThat(reader.seen().log()).isEmpty();
        reader.data(events[1]);
        assertThat(reader.seen().text()).isEqualTo(events[0] + events[1]);
        reader.data(events[2], events[3], events[4], events[5]);
        assertThat(reader.seen().text()).isEqualTo(String.join("", events));
        assertThat(finished(reader).rescued()).isFalse();
    }

    @Test
    void a_text_with_a_call_that_does_not_fit_its_schema_stays_a_text() {
        String[] events = {text("<tool_call>{\"name\":\"read\",\"arguments\":{}}</tool_call>"), STOP, DONE};
        assertThat(chat("").data(events).seen().text()).isEqualTo(String.join("", events));
        assertThat(chat("'none'")
                        .data(text("[TOOL_CALLS]list{}"), STOP, DONE)
                        .seen()
                        .text())
                .contains("[TOOL_CALLS]list{}");
    }

    @Test
    void a_call_as_text_at_the_answers_limit_stays_a_text() {
        String[] events = {text("[TOOL_CALLS]list{}"), delta("", "'length'"), DONE};
        assertThat(chat("").data(events).seen().text()).isEqualTo(String.join("", events));
    }

    @Test
    void two_answers_with_the_same_call_have_calls_of_different_ids() {
        ReaderUnderTest first = chat("").data(text("[TOOL_CALLS]list{}"), STOP);
        ReaderUnderTest second = chat("");
        second.time().advance(Duration.ofMillis(1));
        second.data(text("[TOOL_CALLS]list{}"), STOP);
        assertThat(first.seen().text())
                .contains("\"id\":\"call_")
                .isNotEqualTo(second.seen().text());
    }

    private static AnswerMetadata finished(ReaderUnderTest reader) {
        reader.collector().finish();
        return reader.collector().metadata();
    }
}

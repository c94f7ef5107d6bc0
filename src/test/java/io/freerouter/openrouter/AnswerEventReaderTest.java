package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.dialect.AnswerFormat;
import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.error.FailureReader;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerEventReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final AnswerFormat FORMAT = DialectFormats.of(Dialect.CHAT).answer();
    private static final AnswerEvent TOKEN = new AnswerEvent.Part(true, false);

    private final AnswerEventReader reader = new AnswerEventReader(
            FORMAT, new FailureReader(new Secret("")::redact), new AnswerMetadataCollector(FORMAT, Set.of()), 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'content':'Hi'",
                "'content':' '",
                "'reasoning':'We'",
                "'reasoning_content':'We'",
                "'refusal':'No'",
                "'content':'','reasoning_details':[{'type':'reasoning.text','text':'We'}]",
                "'content':null,'tool_calls':[{'index':0,'function':{'arguments':''}}]",
                "'images':[{'type':'image_url'}]",
                "'function_call':{'name':'f'}",
                "'audio':{'data':'x'}"
            })
    void a_delta_that_says_something_is_a_token(String delta) {
        assertThat(readDelta(delta)).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'role':'assistant'",
                "'role':'assistant','content':''",
                "'role':'assistant','content':null,'reasoning':null,'reasoning_details':[],'tool_calls':[]",
                "'mood':'good'"
            })
    void a_delta_that_says_nothing_is_silent(String delta) {
        assertThat(readDelta(delta)).isEqualTo(AnswerEvent.Part.SILENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'index':0,'text':'Hi'}", "{'message':{'content':'Hi'}}", "{},{'delta':{'content':'b'}}"})
    void other_shapes_of_choices_can_be_tokens_too(String choices) {
        assertThat(read("{'choices':[" + choices + "]}")).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'choices':[],'usage':{'total_tokens':5}}", "{'choices':7}", "{'error':null}", ""})
    void a_chunk_without_choices_is_silent(String data) {
        assertThat(read(data)).isEqualTo(AnswerEvent.Part.SILENT);
    }

    @Test
    void a_comment_is_silent() {
        assertThat(reader.read(ServerSentEvent.of(": still here\n\n"), NOW)).isEqualTo(AnswerEvent.Part.SILENT);
    }

    @Test
    void the_end_mark_is_done() {
        assertThat(read("[DONE]")).isEqualTo(new AnswerEvent.Part(false, true));
    }

    @Test
    void a_finish_reason_finishes() {
        assertThat(read("{'choices':[{'delta':{'content':''},'finish_reason':'tool_calls'}]}"))
                .isEqualTo(AnswerEvent.Part.SILENT);
        assertThat(reader.progress().isFinished()).isTrue();
    }

    @Test
    void the_last_token_may_come_with_the_finish() {
        assertThat(read("{'choices':[{'delta':{'reasoning':'end'},'finish_reason':'length'}]}"))
                .isEqualTo(TOKEN);
        assertThat(reader.progress().isFinished()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "''"})
    void an_empty_finish_reason_does_not_finish(String reason) {
        assertThat(read("{'choices':[{'delta':{},'finish_reason':" + reason + "}]}"))
                .isEqualTo(AnswerEvent.Part.SILENT);
        assertThat(reader.progress().isFinished()).isFalse();
    }

    @Test
    void an_error_as_the_first_event_fails() {
        assertFailed("{'error':{'code':503,'message':'Nobody serves it'}}", FailureKind.SERVER_ERROR, true);
    }

    @Test
    void an_error_beside_no_choices_fails() {
        assertFailed(
                "{'object':'chat.completion.chunk','choices':[],'error':{'code':502,'message':'Worker full'}}",
                FailureKind.SERVER_ERROR,
                true);
    }

    @Test
    void an_error_beside_a_choice_without_finish_reason_fails() {
        assertFailed(
                "{'error':{'code':429},'choices':[{'delta':{'content':''},'finish_reason':null}],'usage':{}}",
                FailureKind.RATE_LIMITED,
                true);
    }

    @Test
    void an_error_counts_more_than_a_token_beside_it() {
        assertFailed(
                "{'error':{'code':504},'choices':[{'delta':{'content':'Hi'},'finish_reason':'error'}]}",
                FailureKind.SERVER_ERROR,
                true);
    }

    @Test
    void an_error_with_a_word_for_a_code_is_a_server_error() {
        assertFailed(
                "{'error':{'code':'server_error','message':'Lost it'},'choices':[{'finish_reason':'error'}]}",
                FailureKind.SERVER_ERROR,
                true);
    }

    @Test
    void an_error_that_is_a_text_is_not_one_that_clients_look_for() {
        assertFailed("{'error':'overloaded'}", FailureKind.SERVER_ERROR, false);
    }

    @Test
    void an_error_within_a_choice_is_not_one_that_clients_look_for() {
        assertFailed("{'choices':[{'delta':{},'error':{'code':402}}]}", FailureKind.NO_CREDIT, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'finish_reason':'error'",
                "'finish_reason':'stop','native_finish_reason':'network_error'",
                "'finish_reason':'stop','native_finish_reason':'error'",
                "'finish_reason':null,'native_finish_reason':'error'"
            })
    void a_choice_that_ended_by_an_error_fails_silently(String reasons) {
        assertFailed("{'choices':[{'delta':{'content':''}," + reasons + "}]}", FailureKind.NO_ANSWER, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "{'choices':[", "{} {}", "[]", "17", "null", "[DONE"})
    void data_that_is_no_object_is_malformed(String data) {
        assertThat(read(data)).isEqualTo(new AnswerEvent.Malformed());
    }

    @Test
    void endless_nesting_is_malformed() {
        assertThat(read("{'a':" + "[".repeat(1_000_000))).isEqualTo(new AnswerEvent.Malformed());
    }

    @Test
    void an_error_inside_keeps_the_code_as_the_status() {
        AnswerEvent.Failed failed = (AnswerEvent.Failed) read("{'error':{'code':400,'message':'Too long'}}");
        assertThat(failed.failure().status()).isEqualTo(OptionalInt.of(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{\"code\":429}}\n\n", ": hm\n{\n\"error\": {\"code\":\n429}}\n\n"})
    void an_error_without_an_event_around_it_fails_and_is_not_one_that_clients_look_for(String text) {
        AnswerEvent.Failed failed = (AnswerEvent.Failed) reader.read(ServerSentEvent.of(text), NOW);
        assertThat(failed.failure().kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failed.visible()).isFalse();
    }

    @Test
    void an_answer_without_an_event_around_it_is_malformed() {
        assertThat(reader.read(ServerSentEvent.of("{\"choices\":[{\"text\":\"Hi\"}]}\n\n"), NOW))
                .isEqualTo(new AnswerEvent.Malformed());
    }

    private void assertFailed(String data, FailureKind kind, boolean visible) {
        AnswerEvent.Failed failed = (AnswerEvent.Failed) read(data);
        assertThat(failed)
                .extracting(AnswerEvent.Failed::failure)
                .extracting(Failure::kind)
                .isEqualTo(kind);
        assertThat(failed.visible()).isEqualTo(visible);
    }

    private AnswerEvent readDelta(String delta) {
        return read("{'id':'g1','choices':[{'index':0,'delta':{" + delta + "},'finish_reason':null}]}");
    }

    private AnswerEvent read(String data) {
        return reader.read(ServerSentEvent.of("data: " + data.replace('\'', '"') + "\n\n"), NOW);
    }
}

package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Failure.Reply;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.error.FailureReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final CompletionReader reader =
            new CompletionReader(DialectFormats.of(Dialect.CHAT).answer(), new FailureReader(new Secret("")::redact));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'content':'Grüße'",
                "'content':[{'type':'text','text':'Hi'}]",
                "'content':null,'tool_calls':[{'id':'c1'}]",
                "'content':'','refusal':'No'",
                "'content':'','reasoning':'Hm'",
                "'reasoning_content':'Hm'",
                "'reasoning_details':[{'type':'reasoning.encrypted'}]",
                "'images':[{}]",
                "'audio':{'id':'a'}",
                "'function_call':{'name':'f'}"
            })
    void a_message_that_says_something_is_an_answer(String message) {
        String body = answer("{'message':{" + message + "},'finish_reason':'stop'}");
        assertThat(read(body)).isEqualTo(body);
    }

    @Test
    void a_text_in_the_old_manner_is_an_answer() {
        assertThat(read(answer("{'text':'Hi'}"))).isEqualTo(answer("{'text':'Hi'}"));
    }

    @Test
    void the_body_stays_as_it_came() {
        String body = "\n \r\n{ \"n\":1.10e+2, \"big\":12345678901234567890.5,"
                + "\"n\":0, \"choices\":[{\"message\":{\"content\":\"\\u00fc\"}}]}\n";
        assertThat(read(body)).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n ",
                "<html>busy</html>",
                "null",
                "[]",
                "{'choices':[{'message':{'content':'Hi'}}",
                "{'choices':[{'message':{'content':'Hi'}}]} x",
                "{'choices':[{'message':{'content':'Hi'}}]}{}",
                "{'choices':[{'message':{'content':'Hi'}}],'n':1e99999999999}"
            })
    void a_body_that_is_not_one_object_is_malformed(String body) {
        assertThat(failure(body)).isEqualTo(Failure.of(FailureKind.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'error':{'code':429,'message':'Rate limit exceeded: free-models-per-day'}}]",
                "{'error':{'error':{'code':429,'message':'Rate limit exceeded: free-models-per-day'}}}",
                "{'code':429,'message':'Rate limit exceeded: free-models-per-day'}",
                "{'object':'error','code':429,'message':'Rate limit exceeded: free-models-per-day'}",
                "{'detail':'Rate limit exceeded: free-models-per-day'}",
                "'Rate limit exceeded: free-models-per-day'",
                "Rate limit exceeded: free-models-per-day"
            })
    void the_accounts_limit_is_known_in_any_shape_of_an_error(String body) {
        assertThat(failure(body).kind()).isEqualTo(FailureKind.DAY_SPENT);
    }

    @Test
    void half_an_answer_that_quotes_an_error_is_malformed() {
        assertThat(failure("{'choices':[{'message':{'content':'Rate limit exceeded: free-models-per-day"))
                .isEqualTo(Failure.of(FailureKind.MALFORMED));
    }

    @Test
    void endless_nesting_is_malformed() {
        assertThat(failure("{'choices':" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}"))
                .isEqualTo(Failure.of(FailureKind.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'choices':null}",
                "{'choices':[]}",
                "{'choices':[{}]}",
                "{'choices':[{'message':{'role':'assistant','content':''},'finish_reason':''}]}",
                "{'choices':[{'message':{'content':null,'tool_calls':[],'reasoning':null},'finish_reason':null}]}",
                "{'choices':[{'message':{'content':''},'finish_reason':'stop'},{'message':{'content':''}}]}",
                "{'choices':[{'message':{'content':[]}},{'text':''}]}",
                "{'choices':[{'message':{'content':'Hi'},'native_finish_reason':'network_error'}]}",
                "{'choices':[{'message':{'content':'Hi'},'native_finish_reason':'error'}]}",
                "{'choices':[{'message':{'content':'Hi'},'finish_reason':'error'}]}"
            })
    void an_answer_that_says_nothing_or_ended_by_an_error_is_no_answer(String body) {
        assertThat(failure(body)).isEqualTo(Failure.of(FailureKind.NO_ANSWER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'error':{'code':429,'message':'Slow down'}}",
                "{'error':{'code':429},'choices':[{'message':{'content':'par'}}]}",
                "{'choices':[{'message':{'content':'par'},'finish_reason':'error','error':{'code':429}}]}"
            })
    void an_error_inside_is_read_as_if_its_code_were_the_status(String body) {
        assertThat(failure(body).cause()).isEqualTo("429 rate limited");
    }

    @Test
    void an_error_inside_that_ends_the_request_is_handed_on_alone() {
        String body = "{'id':1,'error':{'code':400,'message':'Bad','limit':1.50},'choices':[]}";
        assertThat(failure(body).reply())
                .contains(new Reply("application/json", quoted("{'error':{'code':400,'message':'Bad','limit':1.50}}")));
    }

    @Test
    void what_an_answer_tells_beside_what_it_says_is_noted() {
        String body = "{'provider':'Somebody','usage':{'cost':0.25},'choices':[{'message':{'tool_calls':["
                + "{'function':{'name':'clock','arguments':'{}'}}]}}]}";
        AnswerMetadata metadata =
                reader.read(quoted(body).getBytes(UTF_8), Set.of("oven"), NOW).metadata();
        assertThat(metadata)
                .isEqualTo(new AnswerMetadata(Optional.of("Somebody"), Optional.of(new BigDecimal("0.25")), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'usage':{'cost':0.25},'choices':[{'message':{'content':''}}]}",
                "{'usage':{'cost':0.25},'error':{'code':429}}"
            })
    void what_no_answer_costs_is_told(String body) {
        assertThat(catchThrowableOfType(AttemptException.class, () -> read(body))
                        .charge())
                .contains(new BigDecimal("0.25"));
    }

    @Test
    void an_answer_that_tells_nothing_else_is_usable() {
        assertThat(reader.read(answer("{'text':'Hi'}").getBytes(UTF_8), Set.of(), NOW)
                        .metadata())
                .isEqualTo(AnswerMetadata.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'message':{'content':null,'tool_calls':[],'reasoning':null},'finish_reason':'stop'}",
                "{'message':{},'finish_reason':'content_filter'}",
                "{'text':'','finish_reason':'stop'}",
                "{'index':0,'message':{'content':''},'finish_reason':'stop'},{'index':1,'text':'','finish_reason':'stop'}"
            })
    void an_answer_that_ended_properly_without_a_word_is_empty(String choices) {
        assertThat(reader.read(answer(choices).getBytes(UTF_8), Set.of(), NOW).empty())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "max_tokens", "MAX_TOKENS"})
    void an_answer_without_a_word_because_of_a_limit_is_an_answer(String reason) {
        String choice = "{'message':{'content':''},'finish_reason':'" + reason + "'}";
        assertThat(reader.read(answer(choice).getBytes(UTF_8), Set.of(), NOW).empty())
                .isFalse();
    }

    @Test
    void a_byte_order_mark_is_not_part_of_the_answer() {
        assertThat(read("\uFEFF" + answer("{'text':'Hi'}"))).isEqualTo(answer("{'text':'Hi'}"));
    }

    private Failure failure(String body) {
        return catchThrowableOfType(AttemptException.class, () -> read(body)).failure();
    }

    private String read(String body) {
        return reader.read(quoted(body).getBytes(UTF_8), Set.of(), NOW).json();
    }

    private static String answer(String choice) {
        return quoted("{'object':'chat.completion','choices':[" + choice + "]}");
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}

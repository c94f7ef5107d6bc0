package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEventFilterTest {
    private static final String CHUNK = "{\"id\":\"gen-1\",\"provider\":\"Demo\",\"choices\":[{\"index\":0,\"delta\":"
            + "{\"role\":\"assistant\",\"content\":\"Grüße \\\"\\u00fc\\n😀\"},\"finish_reason\":null,"
            + "\"native_finish_reason\":null,\"logprobs\":null}],\"usage\":null,\"created\":1790000000,\"x\":-0.25}";

    private static boolean isText(Dialect dialect, String event) {
        byte[] around = ("before" + event + "after").getBytes(UTF_8);
        int length = event.getBytes(UTF_8).length;
        return new TextEventFilter(DialectFormats.of(dialect).answer())
                .isText(new ServerSentEvent(around, 6, 6 + length));
    }

    private static boolean isText(String json) {
        return isText(Dialect.CHAT, "data: " + json + "\n\n");
    }

    @Test
    void a_chunk_that_only_adds_text_is_plain() {
        assertThat(isText(CHUNK)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:%s\n\n", "data:  %s \n\n", "data: %s\r\n\r\n", "event: x\ndata: %s\n\n"})
    void an_event_may_have_a_name_and_any_space(String event) {
        assertThat(isText(Dialect.CHAT, event.formatted(CHUNK))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: %s\n",
                "data: %s",
                "%s\n\n",
                ": hm\ndata: %s\n\n",
                "id: 1\ndata: %s\n\n",
                "data: %s\ndata: \n\n",
                "data: %s\r\r",
                "data: [DONE]\n\n",
                ": hm\n\n",
                "\n"
            })
    void any_other_shape_of_an_event_is_looked_at(String event) {
        assertThat(isText(Dialect.CHAT, event.formatted(CHUNK))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{}}",
                "{\"a\":[{\"error\":\"x\"}]}",
                "{\"error\":null,\"error\":{\"code\":429}}",
                "{\"\\u0065rror\":{\"code\":429}}",
                "{\"choices\":[{\"finish_reason\" : \"stop\"}]}",
                "{\"choices\":[{\"native_finish_reason\":\"error\"}]}",
                "{\"usage\":{\"cost\":1}}",
                "{\"choices\":[{\"index\":1}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[]}}]}",
                "{\"choices\":[{\"delta\":{\"function_call\":{}}}]}"
            })
    void what_may_matter_is_looked_at(String json) {
        assertThat(isText(json)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"error\",\"b\":\"finish_reason\"}",
                "{\"errors\":{},\"usages\":1}",
                "{\"a\":\"\\\"error\\\":{}\"}",
                "{\"a\":{}, \"b\" : [ ] ,\"c\":[1,true,false,null,\"x\"]}",
                "{}"
            })
    void what_only_looks_like_it_is_plain(String json) {
        assertThat(isText(json)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"x}",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":-}",
                "{\"a\":+1}",
                "{\"a\":nul}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":[1 2]}",
                "{\"a\":[1,]}",
                "{a:1}",
                "{} {}",
                "[]",
                "1",
                "{\"a\":{}",
                "{",
                "{\"",
                "{\"a\":\"\\"
            })
    void what_is_no_json_object_is_looked_at(String json) {
        assertThat(isText(json)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e5", "1E400000000000", "123456789012345678901234567890"})
    void a_number_that_may_be_too_much_for_a_parser_is_looked_at(String number) {
        assertThat(isText("{\"a\":" + number + "}")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"event: error\ndata: %s\n\n", "event:error\r\ndata: %s\r\n\r\n", "event:  error \ndata: %s\n\n"})
    void an_event_that_is_named_an_error_is_looked_at(String event) {
        assertThat(isText(Dialect.CHAT, event.formatted(CHUNK))).isFalse();
        assertThat(isText(Dialect.RESPONSES, event.formatted("{}"))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"CHAT", "COMPLETIONS", "MESSAGES", "RESPONSES"})
    void a_chunk_that_may_be_an_error_is_looked_at_in_every_dialect(Dialect dialect) {
        for (String json : List.of(
                "{\"object\":\"error\"}",
                "{\"object\" : \"err\\u006fr\"}",
                "{\"type\":\"error\"}",
                "{\"message\":\"boo\"}",
                "{\"detail\":\"boo\"}",
                "{\"error\":500}",
                "{\"error\":[\"boo\"]}")) {
            assertThat(isText(dialect, "data: " + json + "\n\n")).as(json).isFalse();
        }
    }

    @Test
    void deep_nesting_is_looked_at() {
        assertThat(isText("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "MESSAGES, content_block_delta, text_delta, true",
        "MESSAGES, content_block_delta, thinking_delta, true",
        "MESSAGES, content_block_delta, input_json_delta, false",
        "MESSAGES, message_delta, x, false",
        "MESSAGES, message_stop, x, false",
        "MESSAGES, error, text_delta, false",
        "RESPONSES, response.output_text.delta, response.output_text.delta, true",
        "RESPONSES, response.completed, response.output_text.delta, false",
        "RESPONSES, response.output_item.done, response.output_text.delta, false"
    })
    void other_dialects_know_a_chunk_by_its_type(Dialect dialect, String type, String inner, boolean plain) {
        String json = "{\"type\":\"" + type + "\",\"index\":0,\"delta\":{\"type\":\"" + inner + "\",\"text\":\"Hi\"}}";
        assertThat(isText(dialect, "event: " + type + "\ndata: " + json + "\n\n"))
                .isEqualTo(plain);
    }
}

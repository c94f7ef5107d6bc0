package io.freerouter.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.RequestBody;
import io.freerouter.request.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model hid in its answers for itself, which others are not shown. */
class HiddenReasoningTest {
    private static String rendered(String messages, int ownFrom) {
        String body = "{\"model\":\"m\",\"messages\":%s}";
        String rendered = Requests.render(body.formatted(messages), Requests.SILENT, "m", ownFrom);
        return rendered.substring(body.indexOf('%'), rendered.length() - 1);
    }

    private static String forOther(String message) {
        String list = rendered("[" + message + "]", RequestBody.NOTHING);
        return list.substring(1, list.length() - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"role\":\"assistant\",\"content\":\"a\",\"reasoning_details\":[{\"x\":1}]}|{\"role\":\"assistant\",\"content\":\"a\"}",
                "{\"reasoning_details\":[] , \"role\":\"assistant\",\"content\":\"a\"}|{\"role\":\"assistant\",\"content\":\"a\"}",
                "{\"role\":\"assistant\" , \"reasoning_details\":null , \"content\":\"a\"}|{\"role\":\"assistant\" , \"content\":\"a\"}",
                "{\"reasoning_details\":1,\"role\":\"assistant\",\"reasoning\\u005fdetails\":2,\"content\":\"\"}|{\"role\":\"assistant\",\"content\":\"\"}",
            })
    void what_is_hidden_goes_with_one_comma(String message, String expected) {
        assertThat(forOther(message)).isEqualTo(expected);
    }

    @Test
    void what_was_thought_aloud_stays() {
        String thought = "{\"role\":\"assistant\",\"content\":\"a\",\"reasoning\":\"r\",\"reasoning_content\":\"c\"}";
        assertThat(forOther(thought)).isEqualTo(thought);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"role\":\"assistant\",\"reasoning_details\":[1]}|{\"content\":\"\",\"role\":\"assistant\"}",
                "{\"role\":\"assistant\",\"content\":null,\"reasoning_details\":[1]}|{\"role\":\"assistant\",\"content\":\"\"}",
                "{\"reasoning_details\":[1],\"content\":null,\"tool_calls\":[],\"role\":\"assistant\"}|{\"content\":\"\",\"role\":\"assistant\"}",
                "{\"role\":\"assistant\",\"tool_calls\":null,\"reasoning\":\"r\",\"reasoning_details\":[1]}|{\"content\":\"\",\"role\":\"assistant\",\"tool_calls\":null,\"reasoning\":\"r\"}",
            })
    void a_message_of_which_nothing_is_left_says_nothing_in_so_many_words(String message, String expected) {
        assertThat(forOther(message)).isEqualTo(expected);
    }

    @Test
    void a_list_of_no_calls_goes_as_well() {
        assertThat(forOther("{\"role\":\"assistant\",\"tool_calls\":[ ],\"content\":\"a\",\"reasoning_details\":[1]}"))
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"a\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"1\"}]%s}",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"function\":{\"arguments\":\"{}\"}}, 7]%s}",
                "{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\"}%s}"
            })
    void calls_of_tools_stay_as_they_are_with_or_without_a_content(String message) {
        String hidden = ",\"reasoning_details\":[{\"data\":\"x\"}]";
        assertThat(forOther(message.formatted(hidden))).isEqualTo(message.formatted(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"user\",\"content\":\"a\",\"reasoning_details\":[]}",
                "{\"role\":\"assistant\",\"content\":null}",
                "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"{\\\"reasoning_details\\\":1}\"}",
                "{\"role\":\"assistant\",\"content\":[{\"reasoning_details\":1}],\"x\":{\"reasoning_details\":1}}"
            })
    void nothing_else_is_touched(String message) {
        assertThat(forOther(message)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 1", "3, 1", "4, 2", "2147483647, 2"})
    void only_what_others_wrote_loses_it(int ownFrom, int others) {
        String answer = "{\"role\":\"assistant\",\"content\":\"a\"%s}";
        String hidden = answer.formatted(",\"reasoning_details\":[]");
        String plain = answer.formatted("");
        String messages = "[{},%s,{},%s]";
        assertThat(rendered(messages.formatted(hidden, hidden), ownFrom))
                .isEqualTo(messages.formatted(others > 0 ? plain : hidden, others > 1 ? plain : hidden));
    }
}

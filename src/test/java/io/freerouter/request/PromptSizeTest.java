package io.freerouter.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.routing.RequestSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptSizeTest {
    private static RequestSize size(String messages, String members) {
        return Requests.read("{\"messages\":" + messages + members + "}")
                .needs()
                .size();
    }

    private static long prompt(String messages) {
        return size(messages, "").promptTokens();
    }

    private static long said(String content) {
        return prompt("[{\"content\":" + content + "}]");
    }

    @Test
    void the_length_is_that_of_the_bytes() {
        String json = "{\"messages\":[{}],\"x\":\"é\"}";
        assertThat(Requests.read(json).needs().size().bytes()).isEqualTo(json.length() + 1);
    }

    @ParameterizedTest
    @CsvSource({"40, 10", "400000, 100000"})
    void four_letters_are_a_token(int letters, long tokens) {
        assertThat(said('"' + "a".repeat(letters) + '"')).isEqualTo(tokens);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\\n", "\\\"", "\\\\", "é", "ж", "\\u0436", "\\u0041"})
    void an_escape_or_a_character_of_two_bytes_is_one_letter(String letter) {
        assertThat(said('"' + letter.repeat(40) + '"')).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"語", "\\u8a9e", "\uD83D\uDE00"})
    void a_character_of_more_bytes_is_two_letters(String letter) {
        assertThat(said('"' + letter.repeat(40) + '"')).isEqualTo(20);
    }

    @Test
    void text_counts_alike_whether_it_is_a_string_or_a_part() {
        String text = '"' + "a".repeat(400) + '"';
        assertThat(said("[{\"type\":\"text\",\"text\":" + text + ",\"cache_control\":{}}]"))
                .isEqualTo(said(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image_url", "input_audio", "video_url", "file", "unheard-of"})
    void data_counts_a_little_whatever_its_length(String type) {
        String part = "{\"data\":{\"url\":\"data:;base64," + "A".repeat(100_000) + "\"},\"type\":\"" + type + "\"}";
        assertThat(said("[" + part + ", " + part + "]")).isEqualTo(200);
    }

    @Test
    void calls_of_tools_count_and_what_was_thought_does_not() {
        String call = "[{\"arguments\":\"" + "a".repeat(400) + "\"}]";
        assertThat(prompt("[{\"tool_calls\":" + call + "}]")).isEqualTo((400 + 19) / 4);
        assertThat(prompt("[{\"reasoning\":" + call + ",\"reasoning_details\":" + call + "}]"))
                .isZero();
    }

    @Test
    void tools_count_without_the_white_space_around_their_values_and_without_those_taken_out() {
        String tools = "[{ \"type\" :\n  \"function\", \"x\": \"a b\"}, {\"type\":\"web_search\",\"x\":\"abcdefgh\"}]";
        assertThat(size("[{}]", ",\"tools\":" + tools).promptTokens())
                .isEqualTo("{\"type\":\"function\",\"x\":\"a b\"}".length() / 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"max_tokens\":100|100",
                "\"max_completion_tokens\":200|200",
                "\"max_completion_tokens\":200,\"max_tokens\":100|200",
                "\"max_tokens\":100,\"max_completion_tokens\":null|100",
                "\"max_tokens\":-1|0",
                "\"max_tokens\":0|0",
                "\"max_tokens\":999999999999999999999999|1000000000000",
                "\"x\":1|0",
            })
    void the_answers_length_is_what_the_request_allows(String member, long tokens) {
        assertThat(size("[{}]", "," + member).outputTokens()).isEqualTo(tokens);
    }
}

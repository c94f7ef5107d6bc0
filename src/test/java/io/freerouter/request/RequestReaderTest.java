package io.freerouter.request;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.ChatRequest;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private static ChatRequest read(String json) {
        return Requests.read(json);
    }

    private static ChatRequest readWith(String member) {
        return read("{" + MESSAGES + "," + member + "}");
    }

    private static InvalidRequestException refuse(byte[] body) {
        return catchThrowableOfType(InvalidRequestException.class, () -> Requests.read(body));
    }

    private static InvalidRequestException refuse(String json) {
        return refuse(json.getBytes(UTF_8));
    }

    private static InvalidRequestException refuseWith(String member) {
        return refuse("{" + MESSAGES + "," + member + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "\uFEFF"})
    void an_empty_body_is_refused(String body) {
        assertThat(refuse(body)).hasMessage("The request body is empty; it must be a JSON object.");
    }

    @Test
    void a_byte_order_mark_is_passed_over() {
        ChatRequest request = read("\uFEFF{\"model\":\"a\"," + MESSAGES + "}");
        assertThat(request.needs().preference().names()).containsExactly("a");
    }

    @Test
    void wide_encodings_are_refused() {
        for (Charset wide :
                List.of(UTF_16, UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE"))) {
            assertThat(refuse(("{" + MESSAGES + "}").getBytes(wide)).getMessage())
                    .contains("must be UTF-8");
        }
    }

    @Test
    void invalid_utf8_is_refused() {
        byte[] overlong = ("{\"user\":\"ab\"," + MESSAGES + "}").getBytes(UTF_8);
        overlong[9] = (byte) 0xC0;
        overlong[10] = (byte) 0x80;
        assertThat(refuse(overlong)).hasMessage("The request body is not valid UTF-8 (byte 9).");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\n \"model\": secret}",
                "{\n \"model\":'secret'}",
                "{\n\"secret\":1",
                "{\n\"secret",
                "{\n\"a\":01}"
            })
    void broken_json_is_told_by_place_and_not_by_content(String json) {
        InvalidRequestException fault = refuse(json);
        assertThat(fault.getMessage())
                .startsWith("The request body is not valid JSON (line 2, column ")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"[[1]],an array", "'\"x\"',a string", "1,an integer", "null,null", "true,a boolean"})
    void anything_but_an_object_is_refused(String json, String words) {
        assertThat(refuse(json)).hasMessage("The request body must be a JSON object, but was " + words + ".");
    }

    @Test
    void something_after_the_object_is_refused() {
        assertThat(refuse("{" + MESSAGES + "} {}")).hasMessageContaining("something follows it");
    }

    @Test
    void messages_are_required() {
        InvalidRequestException fault = refuse("{}");
        assertThat(fault).hasMessage("'messages' is required.");
        assertThat(fault.param()).contains("messages");
        assertThat(fault.code()).isEqualTo("missing_required_parameter");
    }

    @Test
    void no_messages_are_not_enough() {
        assertThat(refuse("{\"messages\":[]}")).hasMessage("'messages' must not be empty.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"stream\":\"yes\"`|stream|'stream' must be a boolean, but was a string.",
                "`\"str\\u0065am\":1`|stream|'stream' must be a boolean, but was an integer.",
                "`\"model\":7`|model|'model' must be a string, but was an integer.",
                "`\"messages\":null`|messages|'messages' must be an array of objects, but was null.",
                "`\"messages\":[{},{},\"x\"]`|messages[2]|'messages[2]' must be an object, but was a string.",
                "`\"tools\":{}`|tools|'tools' must be an array of objects, but was an object.",
                "`\"tools\":[[]]`|tools[0]|'tools[0]' must be an object, but was an array.",
                "`\"models\":[null]`|models[0]|'models[0]' must be a string, but was null.",
                "`\"plugins\":[true]`|plugins[0]|'plugins[0]' must be an object, but was a boolean.",
                "`\"max_tokens\":1.5`|max_tokens|'max_tokens' must be an integer, but was a number with a fraction or an exponent.",
                "`\"n\":\"1\"`|n|'n' must be an integer, but was a string.",
                "`\"seed\":[]`|seed|'seed' must be an integer, but was an array.",
                "`\"temperature\":\"0\"`|temperature|'temperature' must be a number, but was a string.",
                "`\"stop\":3`|stop|'stop' must be a string or an array, but was an integer.",
            })
    void a_field_of_the_wrong_type_is_named(String member, String param, String message) {
        InvalidRequestException fault = refuseWith(member);
        assertThat(fault).hasMessage(message);
        assertThat(fault.param()).contains(param);
        assertThat(fault.code()).isEqualTo("invalid_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"model\":null",
                "\"stream\":null",
                "\"max_tokens\":null",
                "\"temperature\":1",
                "\"temperature\":1e400",
                "\"seed\":123456789012345678901234567890",
                "\"stop\":null",
                "\"stop\":[\"a\"]",
                "\"tools\":null",
                "\"unknown\":[[{}]]"
            })
    void what_an_upstream_may_accept_is_accepted(String member) {
        assertThat(readWith(member).stream()).isFalse();
    }

    @Test
    void the_last_stream_counts() {
        assertThat(readWith("\"stream\":false,\"stream\":true").stream()).isTrue();
    }

    @Test
    void a_plain_request_needs_no_ability() {
        assertThat(readWith("\"model\":\"a\"").needs().abilities()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"tools\":[{\"type\":\"function\"}]`|TOOLS",
                "`\"response_format\":{\"type\":\"json_object\"}`|RESPONSE_FORMAT",
                "`\"response_format\":{\"json_schema\":{\"type\":\"x\"},\"type\":\"json_schema\"}`|STRUCTURED_OUTPUTS",
                "`\"reasoning\":{\"effort\":\"high\"}`|REASONING",
                "`\"reasoning_effort\":\"low\"`|REASONING",
                "`\"messages\":[{\"content\":[{\"type\":\"text\"},{\"image_url\":{},\"type\":\"image_url\"}]}]`|IMAGES",
                "`\"messages\":[{},{\"c\\u006fntent\":[7,{\"type\":\"input\\u005faudio\"}]}]`|AUDIO",
                "`\"messages\":[{\"content\":[{\"type\":\"video_url\"}]},{\"content\":\"x\"}]`|VIDEO",
                "`\"messages\":[{\"role\":\"tool\",\"content\":[{\"type\":\"input_video\"}]}]`|VIDEO",
                "`\"tools\":[{\"type\":\"web_search\"},{\"function\":{}}]`|TOOLS",
                "`\"reasoning\":{\"exclude\":true,\"enabled\":true}`|REASONING",
                "`\"reasoning\":{\"enabled\":false},\"reasoning_effort\":\"low\"`|REASONING",
            })
    void what_a_request_asks_for_is_read(String member, Ability ability) {
        assertThat(readWith(member).needs().abilities()).containsExactly(ability);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tools\":[]",
                "\"tools\":null",
                "\"tools\":[{\"type\":\"web_search\"}]",
                "\"response_format\":{\"type\":\"text\"}",
                "\"response_format\":\"json_object\"",
                "\"response_format\":{\"x\":{\"type\":\"json_object\"}}",
                "\"reasoning\":null",
                "\"reasoning\":true",
                "\"reasoning\":{}",
                "\"reasoning\":{\"exclude\":true}",
                "\"reasoning\":{\"summary\":\"auto\"}",
                "\"reasoning\":{\"effort\":null,\"max_tokens\":null,\"enabled\":null}",
                "\"reasoning\":{\"max_tokens\":0}",
                "\"reasoning_effort\":null",
                "\"reasoning_effort\":\"none\"",
                "\"reasoning\":{\"enabled\":false}",
                "\"reasoning\":{\"effort\":\"none\",\"exclude\":true}",
                "\"reasoning\":{\"exclude\":true,\"enabled\":false,\"effort\":\"high\"}",
                "\"content\":[{\"type\":\"file\"}]",
                "\"messages\":[{\"content\":{\"type\":\"file\"}},{\"content\":[[{\"type\":\"file\"}],{\"x\":{\"type\":\"file\"}}]}]",
                "\"messages\":[{\"parts\":[{\"type\":\"file\"}]},{\"content\":[{\"type\":[\"file\"]}]}]",
            })
    void what_only_looks_like_it_is_not(String member) {
        assertThat(readWith(member).needs().abilities()).isEmpty();
    }

    @Test
    void all_abilities_are_read_in_one_pass() {
        String json =
                "{\"reasoning\":{\"max_tokens\":2000},\"messages\":[{\"content\":[{\"type\":\"image_url\"},{\"type\":\"video_url\"},"
                        + "{\"type\":\"input_audio\"}]}],\"tools\":[{\"type\":\"function\"}],"
                        + "\"response_format\":{\"type\":\"json_object\"}}";
        assertThat(read(json).needs().abilities())
                .containsExactlyInAnyOrder(
                        Ability.REASONING,
                        Ability.IMAGES,
                        Ability.VIDEO,
                        Ability.AUDIO,
                        Ability.TOOLS,
                        Ability.RESPONSE_FORMAT);
    }

    @Test
    void a_body_of_25_megabytes_is_read() {
        String image = "A".repeat(25_000_000);
        ChatRequest request = read("{\"messages\":[{\"content\":\"" + image + "\"}],\"model\":\"a\"}");
        assertThat(request.needs().preference().names()).containsExactly("a");
    }

    @Test
    void a_number_of_a_hundred_thousand_digits_is_read() {
        assertThat(readWith("\"seed\":" + "9".repeat(100_000)).stream()).isFalse();
    }

    @Test
    void a_name_of_a_hundred_thousand_letters_is_read() {
        assertThat(readWith("\"" + "n".repeat(100_000) + "\":1").stream()).isFalse();
    }

    @Test
    void a_hundred_thousand_nested_arrays_are_refused() {
        String nested = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(refuseWith("\"x\":" + nested)).hasMessageContaining("at most 1000 levels deep");
    }

    @Test
    void a_thousand_levels_are_read() {
        String nested = "[".repeat(999) + "]".repeat(999);
        assertThat(readWith("\"x\":" + nested).stream()).isFalse();
    }

    @Test
    void a_compressed_body_is_refused_as_that() {
        byte[] gzip = {0x1F, (byte) 0x8B, 8, 0, 0, 0};
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Requests.read(gzip))
                .withMessageContaining("gzip");
    }
}

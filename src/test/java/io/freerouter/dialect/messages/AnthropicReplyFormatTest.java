package io.freerouter.dialect.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicReplyFormatTest {
    private static String body(int status, String body) {
        return new AnthropicReplyFormat().errorBody(status, body, "req_7");
    }

    @ParameterizedTest
    @CsvSource({
        "400,invalid_request_error",
        "401,authentication_error",
        "402,billing_error",
        "403,permission_error",
        "404,not_found_error",
        "413,request_too_large",
        "415,invalid_request_error",
        "429,rate_limit_error",
        "500,api_error",
        "502,api_error",
        "503,overloaded_error",
        "504,timeout_error",
        "529,overloaded_error"
    })
    void the_status_tells_the_type(int status, String type) {
        assertThat(body(status, "{\"error\":{\"message\":\"So \\\"it\\\" is\",\"code\":null}}"))
                .isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"" + type
                        + "\",\"message\":\"So \\\"it\\\" is\"},\"request_id\":\"req_7\"}");
    }

    @Test
    void what_has_the_shape_already_stays_as_it_is() {
        String body =
                "{ \"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"x\",\"error_type\":\"server\"}}";
        assertThat(body(500, body)).isEqualTo(body);
    }

    @Test
    void too_long_a_prompt_is_told_in_the_words_that_agents_know() {
        assertThat(body(400, "{\"error\":{\"message\":\"Alas.\",\"code\":\"context_length_exceeded\"}}"))
                .contains("\"prompt is too long: Alas.\"");
    }

    @Test
    void a_providers_own_words_are_told_too() {
        assertThat(
                        body(
                                400,
                                "{\"error\":{\"message\":\"Provider returned error\",\"metadata\":{\"provider_name\":\"P\",\"raw\":\"Too many stops\"}}}"))
                .contains("\"Provider returned error: Too many stops\"");
    }

    @Test
    void what_is_no_error_of_this_kind_is_told_by_its_status() {
        assertThat(body(502, "<html>")).contains("\"The request failed with status 502.\"");
    }
}

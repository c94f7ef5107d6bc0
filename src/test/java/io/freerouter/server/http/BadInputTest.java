package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static io.freerouter.server.http.Gateway.text;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class BadInputTest {
    private static final String WORDS = "words-of-the-caller";
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"" + WORDS + "\"}]";

    FakeOpenRouter upstream;

    @BeforeEach
    void ready() {
        Pool.of(upstream, CannedAnswers.answers("Never"));
    }

    private void assertRefused(Response response, int status, String code) {
        assertError(response, status, code);
        assertThat(text(response)).doesNotContain(WORDS);
        assertThat(upstream.asked()).isEmpty();
    }

    static List<String> noJson() {
        return List.of(
                "",
                " ",
                "{",
                "{" + MESSAGES,
                "{" + MESSAGES + "}}",
                "{" + MESSAGES + "} {}",
                "{" + MESSAGES + ",}",
                "{" + MESSAGES + ",\"" + WORDS + "\":" + WORDS + "}",
                "{'" + WORDS + "':1}",
                "[{" + MESSAGES + "}]",
                "\"" + WORDS + "\"",
                "7",
                "null",
                "true",
                WORDS,
                "{\"a\":NaN," + MESSAGES + "}",
                "{\"a\":\"\u0001\"," + MESSAGES + "}",
                "{" + MESSAGES + ",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("noJson")
    void what_is_no_json_object_is_refused(String body) {
        assertRefused(Gateway.post(body), 400, "invalid_json");
    }

    @Test
    void what_is_no_utf8_is_refused() {
        assertRefused(Gateway.post(("{" + MESSAGES + "}").getBytes(StandardCharsets.UTF_16)), 400, "invalid_json");
        assertRefused(Gateway.post(new byte[] {'{', (byte) 0xff, '}'}), 400, "invalid_json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|messages|missing_required_parameter",
                "{\"messages\":[]}|messages|empty_array",
                "{\"messages\":\"words-of-the-caller\"}|messages|invalid_type",
                "{\"messages\":null}|messages|invalid_type",
                "{\"messages\":[\"words-of-the-caller\"]}|messages[0]|invalid_type",
                "{\"messages\":[{}],\"model\":7}|model|invalid_type",
                "{\"messages\":[{}],\"model\":{\"words-of-the-caller\":1}}|model|invalid_type",
                "{\"messages\":[{}],\"stream\":\"words-of-the-caller\"}|stream|invalid_type",
                "{\"messages\":[{}],\"stream\":1}|stream|invalid_type",
                "{\"messages\":[{}],\"max_tokens\":\"7\"}|max_tokens|invalid_type",
                "{\"messages\":[{}],\"temperature\":\"hot\"}|temperature|invalid_type",
                "{\"messages\":[{}],\"tools\":{}}|tools|invalid_type",
                "{\"messages\":[{}],\"models\":\"a\"}|models|invalid_type"
            })
    void a_field_of_the_wrong_kind_is_named(String body, String param, String code) {
        Response response = Gateway.post(body);
        assertRefused(response, 400, code);
        assertThat(response.jsonPath().getString("error.param")).isEqualTo(param);
        assertThat(response.jsonPath().getString("error.message")).contains("'" + param + "'");
        assertThat(response.jsonPath().getString("error.type")).isEqualTo("invalid_request_error");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/chat/completions,POST",
        "PUT,/v1/chat/completions,POST",
        "DELETE,/v1/chat/completions,POST",
        "PATCH,/v1/chat/completions,POST",
        "POST,/v1/models,GET",
        "DELETE,/v1/models/auto,GET"
    })
    void a_wrong_method_is_told_the_right_one(String method, String path, String allowed) {
        Response response = given().body("").request(method, path);
        assertRefused(response, 405, "method_not_allowed");
        assertThat(response.header("Allow")).contains(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v2/models",
                "/v1/chat",
                "/v1/chat/completions/x",
                "/v1/models/",
                "/chat/completions",
                "/words-of-the-caller",
                "/%77ords-of-the-caller/..;/",
                "/health/none",
                "/q/none",
                "/q/health/none",
                "/index.html"
            })
    void at_an_unknown_path_there_is_nothing(String path) {
        Response get = given().urlEncodingEnabled(false).get(path);
        if (!path.equals("/v1/models/")) {
            assertRefused(get, 404, "not_found");
        }
        Response post = given().urlEncodingEnabled(false)
                .contentType("application/json")
                .body("{}")
                .post(path);
        assertThat(post.statusCode()).isIn(404, 405);
        assertThat(post.jsonPath().getString("error.message")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/xml", "multipart/form-data; boundary=x", "application/octet-stream"})
    void another_media_type_is_refused(String type) throws Exception {
        assertRefusedRaw("Content-Type: " + type + "\r\n", "HTTP/1.1 415", "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "/", "application/", "a/b/c", ";"})
    void a_media_type_that_is_none_is_refused(String type) throws Exception {
        assertRefusedRaw("Content-Type: " + type + "\r\n", "HTTP/1.1 4", "\"error\":{\"message\":");
    }

    private void assertRefusedRaw(String headers, String status, String said) throws Exception {
        try (RawCall call = RawCall.chat(headers, "{" + MESSAGES + "}")) {
            assertThat(call.readUntil("}}")).startsWith(status).contains(said).doesNotContain(WORDS, "Exception");
        }
        assertThat(upstream.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models/%ZZ", "/v1/models/%", "/v1/models/%C3", "/v1/models/a?b=%ZZ", "/v1/%2e%2e/q"})
    void a_path_with_broken_escapes_is_refused(String path) throws Exception {
        try (RawCall call = RawCall.of("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(call.readUntil("\r\n\r\n")).containsPattern("^HTTP/1.1 (4|200)");
        }
    }
}

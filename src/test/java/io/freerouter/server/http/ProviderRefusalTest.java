package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static io.freerouter.server.http.Gateway.text;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.demo.ReceivedRequest;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose fault a refusal is: a provider's leads to the next model, and what several refuse alike is the caller's. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class ProviderRefusalTest {
    private static final String MESSAGES = "{\"model\":\"auto\",\"stream\":%s,\"max_tokens\":100,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String RESPONSES = "{\"model\":\"auto\",\"stream\":%s,\"input\":\"Hi\"}";

    FakeOpenRouter upstream;

    private static String body(int status, String raw) {
        String quoted = raw.replace("\\", "\\\\").replace("\"", "\\\"");
        return "{\"error\":{\"code\":" + status + ",\"message\":\"Provider returned error\",\"metadata\":{\"raw\":\""
                + quoted + "\",\"provider_name\":\"Somebody\"}},\"user_id\":\"user_1\"}";
    }

    private static AnswerScript refuses(int status, String body) {
        return AnswerScript.begin().respond(status, Map.of("Content-Type", "application/json"), body);
    }

    private static AnswerScript begins(String body) {
        return AnswerScript.begin()
                .raw(("data: " + body + "\n\n").getBytes(UTF_8))
                .end();
    }

    private static Response ask(String path, boolean stream) {
        String body =
                switch (path) {
                    case "/v1/messages" -> MESSAGES.formatted(stream);
                    case "/v1/responses" -> RESPONSES.formatted(stream);
                    default -> Gateway.body("auto", stream);
                };
        return given().contentType("application/json").body(body).post(path);
    }

    private void assertRescued(AnswerScript script, String path, boolean stream) {
        List<String> pool = Pool.of(upstream, script, CannedAnswers.answers("Rescued"));
        Response response = ask(path, stream);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(text(response)).contains("Rescued");
        assertThat(upstream.asked()).isEqualTo(pool);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | DEGRADED function cannot be invoked",
                "400 | The reasoning_content in the thinking mode must be passed back to the API.",
                "400 | Tool call id was call_abc but must be a-z, A-Z, 0-9, with a length of 9.",
                "400 | System message must be at the beginning.",
                "400 | Invalid JSON payload: function_declarations[3].parameters.properties[x].items: missing field.",
                "401 | invalid x-api-key",
                "403 | Forbidden",
                "404 | Not Found",
                "408 | Timeout",
                "409 | Conflict",
                "410 | model has reached its end of life",
                "412 | Precondition failed",
                "413 | Too large",
                "422 | Unprocessable",
                "425 | Too early",
                "429 | Too fast",
                "498 | Capacity exceeded",
                "499 | Client closed request",
                "500 | Internal",
                "529 | Overloaded",
                "400 | max_tokens=32000 cannot be greater than max_model_len=max_total_tokens=28672",
                "400 | `max_tokens` must be less than or equal to `8192`",
                "400 | max_tokens (current value: 32000) must be between 0 and 16384"
            })
    void a_providers_refusal_leads_to_the_next_model(int status, String raw) {
        assertRescued(refuses(status, body(status, raw)), "/v1/chat/completions", false);
        assertRescued(refuses(status, body(status, raw)), "/v1/chat/completions", true);
        assertRescued(Gateway.says(body(status, raw)), "/v1/chat/completions", false);
        assertRescued(begins(body(status, raw)), "/v1/chat/completions", true);
    }

    @ParameterizedTest
    @CsvSource({"/v1/messages, true", "/v1/messages, false", "/v1/responses, true", "/v1/responses, false"})
    void whatever_the_dialect(String path, boolean stream) {
        assertRescued(refuses(400, body(400, "No")), path, stream);
        assertRescued(refuses(401, body(401, "invalid x-api-key")), path, stream);
        assertRescued(
                refuses(
                        400,
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Provider returned"
                                + " error\"},\"metadata\":{\"provider_name\":\"Somebody\"}}"),
                path,
                stream);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_three_providers_refuse_alike_is_told_as_the_last_said_it(boolean stream) {
        Pool.of(
                upstream,
                refuses(400, body(400, "First")),
                refuses(422, body(422, "Second")),
                refuses(400, body(400, "Third")),
                CannedAnswers.answers("Never"));
        Response response = Gateway.auto(stream);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(text(response)).isEqualTo(body(400, "Third"));
        assertThat(upstream.asked()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void if_all_there_are_refuse_it_alike_that_is_told_as_well(boolean stream) {
        Pool.of(upstream, refuses(400, body(400, "First")), refuses(422, body(422, "Second")));
        Response response = Gateway.auto(stream);
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(text(response)).isEqualTo(body(422, "Second"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_providers_key_is_never_taken_for_the_callers(boolean stream) {
        AnswerScript denies = refuses(401, body(401, "invalid x-api-key"));
        Pool.of(upstream, denies, denies, denies);
        Response response = Gateway.auto(stream);
        assertError(response, 502, "all_attempts_failed");
        assertThat(text(response)).doesNotContain("x-api-key");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void what_openrouter_refuses_itself_is_told_at_once(int status) {
        String body = "{\"error\":{\"code\":" + status + ",\"message\":\"No\"}}";
        Pool.of(upstream, refuses(status, body), CannedAnswers.answers("Never"));
        Response response = Gateway.auto(false);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(text(response)).isEqualTo(body);
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void plain_words_on_credit_are_one_models(boolean stream) {
        assertRescued(refuses(402, credit()), "/v1/chat/completions", stream);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void plain_words_on_credit_by_a_second_model_are_the_accounts(boolean stream) {
        Pool.of(upstream, refuses(402, credit()), refuses(402, credit()), CannedAnswers.answers("Never"));
        Response response = Gateway.auto(stream);
        assertError(response, 402, "insufficient_credits");
        assertThat(upstream.asked()).hasSize(2);
    }

    private static String credit() {
        return "{\"error\":{\"code\":402,\"message\":\"Insufficient credits. Add more using"
                + " https://openrouter.ai/settings/credits\"}}";
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_data_policy_that_keeps_one_model_out_is_about_that_model(boolean stream) {
        assertRescued(CannedTestAnswers.privacyRestricted(), "/v1/chat/completions", stream);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_data_policy_that_keeps_three_models_out_is_told_with_the_page_to_open(boolean stream) {
        AnswerScript restricted = CannedTestAnswers.privacyRestricted();
        List<String> pool = Pool.of(upstream, restricted, restricted, restricted, CannedAnswers.answers("Never"));
        Response response = Gateway.auto(stream);
        assertThat(upstream.asked()).isEqualTo(pool.subList(0, 3));
        assertError(response, 404, "privacy_settings");
        assertThat(text(response)).contains("https://openrouter.ai/settings/privacy");
        assertThat(response.header("x-should-retry")).isEqualTo("false");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_only_model_is_asked_again_for_as_long_an_answer_as_it_gives(boolean stream) {
        List<String> pool = Pool.of(
                upstream,
                refuses(
                        400,
                        body(400, "max_tokens: 32000 > 8192, which is the maximum allowed number of output tokens")));
        Response response = Gateway.post("{\"model\":\"" + pool.get(0) + "\",\"max_tokens\":32000,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertError(response, 400, "no_suitable_model");
        assertThat(text(response)).contains("shorter answers").doesNotContain("context_length_exceeded");
        assertThat(upstream.asked()).containsExactly(pool.get(0), pool.get(0));
        assertThat(upstream.requests().stream()
                        .filter(ReceivedRequest::chat)
                        .map(call -> new String(call.body(), UTF_8)))
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"max_tokens\":32000"),
                        second -> assertThat(second).contains("\"max_tokens\":8192"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_limit_of_answers_is_never_told_as_a_long_prompt(boolean stream) {
        AnswerScript shorter = refuses(400, body(400, "`max_tokens` must be less than or equal to `8192`"));
        Pool.of(upstream, shorter, shorter);
        Response response = Gateway.auto(stream);
        assertThat(response.statusCode()).isBetween(400, 599);
        assertThat(text(response))
                .doesNotContain("context_length_exceeded", "too long")
                .contains("shorter answers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max_tokens is too large",
                "The value of max_completion_tokens exceeds the maximum allowed",
                "max_new_tokens cannot be greater than the model supports"
            })
    void a_model_that_does_not_name_the_limit_of_its_answers_is_not_asked_again_for_as_long_ones(String words) {
        List<String> pool = Pool.of(upstream, refuses(400, body(400, words)), CannedAnswers.answers("Hello"));
        assertThat(text(Gateway.post(limited(32_000)))).contains("Hello");
        assertThat(text(Gateway.post(limited(32_000)))).contains("Hello");
        assertThat(upstream.asked()).containsExactly(pool.get(0), pool.get(1), pool.get(1));

        upstream.script(pool.get(0), CannedAnswers.answers("Short"));
        assertThat(text(Gateway.post(limited(1000)))).contains("Short");
    }

    private static String limited(int tokens) {
        return "{\"model\":\"auto\",\"max_tokens\":" + tokens
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    }

    private static String own(int status, String message, String metadata) {
        return "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"metadata\":" + metadata + "}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | This model is unavailable for free. The paid version is available now - use this slug instead: a/b | {}",
                "403 | This model is unavailable for free. The paid version is available now - use this slug instead: a/b | {}",
                "400 | Bad Request | {\"previous_errors\":[{\"provider\":\"NIM\",\"code\":400,\"status\":400}]}",
                "400 | This model's maximum output length is 8,192 tokens | {}",
                "400 | The maximum number of output tokens is 8192, you requested 32000 | {}",
                "400 | thinking.budget_tokens must be less than 8192 | {}"
            })
    void what_openrouter_says_of_one_model_leads_to_the_next(int status, String message, String metadata) {
        assertRescued(refuses(status, own(status, message, metadata)), "/v1/chat/completions", false);
        assertRescued(refuses(status, own(status, message, metadata)), "/v1/chat/completions", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openrouter_key_limit", "openrouter_workspace_budget", "openrouter_guardrail_budget"})
    void a_limit_of_the_key_or_account_ends_the_request_at_once(String source) {
        String body = own(
                402,
                "This request requires more credits, or fewer max_tokens.",
                "{\"limit_source\":\"" + source + "\"}");
        Pool.of(upstream, refuses(402, body), CannedAnswers.answers("Never"));
        assertError(Gateway.auto(false), 402, "insufficient_credits");
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_limit_of_tokens_a_minute_is_no_long_prompt(boolean stream) {
        String raw =
                "{\"error\":{\"message\":\"Request too large for model `x` in organization `o` on tokens per minute (TPM):"
                        + " Limit 6000, Requested 9000\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}";
        assertRescued(refuses(413, body(413, raw)), "/v1/chat/completions", stream);
        assertRescued(refuses(413, body(413, raw)), "/v1/messages", stream);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {'raw':'Input is too long for requested model.','provider_name':'Somebody'} | Provider returned error",
                "413 | {'error_type':'payload_too_large'} | Payload too large",
                "400 | {'error_type':'context_length_exceeded'} | No"
            })
    void a_short_prompt_that_models_call_too_long_goes_to_any_other_model(int status, String metadata, String message) {
        AnswerScript refuses = refuses(status, own(status, message, metadata.replace('\'', '"')));
        assertRescued(refuses, "/v1/chat/completions", false);
        assertRescued(refuses, "/v1/chat/completions", true);

        List<String> pool = Pool.of(upstream, refuses, refuses, refuses, CannedAnswers.answers("Never"));
        Response response = Gateway.auto(false);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(text(response)).isEqualTo(own(status, message, metadata.replace('\'', '"')));
        assertThat(upstream.asked()).isEqualTo(pool.subList(0, 3));
    }
}

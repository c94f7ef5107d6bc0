package io.freerouter.openrouter.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.FailureKind.CooldownEffect;
import io.freerouter.failure.FailureKind.Verdict;
import io.freerouter.openrouter.json.ExactJson;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An error that names a provider is about that provider, whatever its status, and never ends a request. */
class ProviderErrorsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final FailureReader reader = new FailureReader(text -> text.replace("sk-hidden", "[redacted]"));

    private static ObjectNode error(int code, String raw) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("code", code).put("message", "Provider returned error");
        error.putObject("metadata").put("raw", raw).put("provider_name", "Somebody");
        return error;
    }

    private Failure read(int status, JsonNode error) {
        return reader.read(status, name -> null, "application/json", "{\"error\":" + error + "}", NOW);
    }

    private FailureKind kind(int status, String raw) {
        return read(status, error(status, raw)).kind();
    }

    static IntStream statuses() {
        return IntStream.range(400, 600);
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void no_status_ends_the_request(int status) {
        Failure failure = read(status, error(status, "Something is wrong"));
        assertThat(failure.kind().verdict()).isEqualTo(Verdict.NEXT);
        assertThat(failure.status()).isEqualTo(OptionalInt.of(status));
        assertThat(failure.provider()).contains("Somebody");
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED_BY_PROVIDER",
        "401, PROVIDER_DENIED",
        "407, PROVIDER_DENIED",
        "402, NO_CREDIT",
        "403, REFUSED_BY_PROVIDER",
        "404, NOT_FOUND",
        "405, REFUSED_BY_PROVIDER",
        "408, BUSY",
        "409, BUSY",
        "410, NOT_FOUND",
        "412, REFUSED_BY_PROVIDER",
        "413, REFUSED_BY_PROVIDER",
        "418, REFUSED_BY_PROVIDER",
        "422, REFUSED_BY_PROVIDER",
        "424, REFUSED_BY_PROVIDER",
        "425, BUSY",
        "429, POOL_LIMITED",
        "498, BUSY",
        "499, BUSY",
        "500, SERVER_ERROR",
        "502, SERVER_ERROR",
        "503, SERVER_ERROR",
        "504, SERVER_ERROR",
        "524, SERVER_ERROR",
        "529, SERVER_ERROR"
    })
    void each_status_has_its_kind_where_the_words_do_not_tell(int status, FailureKind kind) {
        assertThat(kind(status, "Something is wrong")).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The reasoning_content in the thinking mode must be passed back to the API.",
                "Tool call id was call_abc but must be a-z, A-Z, 0-9, with a length of 9.",
                "System message must be at the beginning.",
                "Invalid JSON payload: function_declarations[3].parameters.properties[x].items: missing field.",
                "{\"error\":{\"code\":\"400\",\"message\":\"Param Incorrect\",\"param\":\"messages[2] assistant content must contain at"
                        + " least one part\",\"type\":\"\"}}",
                "{\"error\":{\"message\":\"Response input messages must contain the word 'json' in some form to use"
                        + " 'text.format' of type 'json_object'.\",\"type\":\"invalid_request_error\",\"param\":\"input\"}}",
                "{\"error\":{\"message\":\"Model 'maker/model' supports at most 1 image per prompt.\"}}",
                "{\"object\":\"error\",\"message\":\"Conversation roles must alternate user/assistant/user/assistant/...\"}",
                "Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant",
                "Unexpected role 'user' after role 'tool'",
                "messages.1.content.0: unexpected `tool_use_id` found in `tool_result` blocks",
                "`max_tokens` must be greater than `thinking.budget_tokens`",
                "Function call should not be used with prefix",
                "<400> InternalError.Algo.InvalidParameter: The provided URL does not appear to be valid",
                "Please ensure that function call turn comes immediately after a user turn or after a function response turn.",
                "The content field is a required field",
                "[{\"error\":{\"code\":400,\"message\":\"Request contains an invalid argument.\",\"status\":\"INVALID_ARGUMENT\"}}]",
                ""
            })
    void what_it_dislikes_about_the_request_cools_down_nothing_and_is_kept_for_the_caller(String raw) {
        ObjectNode error = error(400, raw + " sk-hidden");
        Failure failure = read(400, error);
        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED_BY_PROVIDER);
        assertThat(failure.kind().cooldown()).isEqualTo(CooldownEffect.NOTHING);
        assertThat(failure.reply())
                .map(Failure.Reply::body)
                .contains("{\"error\":" + error.toString().replace("sk-hidden", "[redacted]") + "}");
        assertThat(kind(422, raw)).isEqualTo(FailureKind.REFUSED_BY_PROVIDER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | invalid x-api-key",
                "401 | {\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid x-api-key\"}}",
                "401 | Incorrect API key provided: sk-proj-***. You can find your API key at https://example.org",
                "401 | Something is wrong",
                "400 | API key not valid. Please pass a valid API key.",
                "400 | User location is not supported for the API use.",
                "403 | Country, region, or territory not supported",
                "403 | You do not have access to the organization tied to the API key.",
                "403 | Permission denied: Consumer 'api_key:***' has been suspended.",
                "403 | PERMISSION_DENIED",
                "403 | Your account has been deactivated, please check your billing details",
                "400 | Insufficient Balance",
            })
    void its_own_doors_say_nothing_of_our_key(int status, String raw) {
        Failure failure = read(status, error(status, raw));
        assertThat(failure.kind()).isEqualTo(FailureKind.PROVIDER_DENIED);
        assertThat(failure.kind().cooldown()).isEqualTo(CooldownEffect.MODEL);
        assertThat(failure.reply()).isEmpty();
        assertThat(failure.cause()).contains("provider");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | DEGRADED function cannot be invoked | SERVER_ERROR",
                "400 | {\"status\":400,\"title\":\"Bad Request\",\"detail\":\"Function id '87ea': DEGRADED function cannot be invoked\"} | SERVER_ERROR",
                "400 | The model is currently overloaded, please try again later | SERVER_ERROR",
                "403 | Service temporarily unavailable | SERVER_ERROR",
                "422 | CUDA out of memory | SERVER_ERROR",
                "424 | Worker local total request limit reached (33/32) | SERVER_ERROR",
                "400 | Internal server error | SERVER_ERROR",
                "400 | upstream request timed out | SERVER_ERROR",
                "410 | model has reached its end of life | NOT_FOUND",
                "410 | Gone | NOT_FOUND",
                "400 | The model `m` has been decommissioned and is no longer supported. | NOT_FOUND",
                "400 | Model maker/model does not exist | NOT_FOUND",
                "403 | The model `m` does not exist or you do not have access to it. | NOT_FOUND",
                "404 | Function '23d4': Not found for account 'x' | NOT_FOUND",
                "400 | Rate limit reached for requests | POOL_LIMITED",
                "403 | You exceeded your current quota | POOL_LIMITED",
                "400 | Resource has been exhausted (e.g. check quota). | POOL_LIMITED",
                "400 | This model does not support tools | UNSUITED",
                "403 | Model does not support image input | UNSUITED",
                "400 | Invalid JSON payload received. Unknown name \"metadata\": Cannot find field. | UNSUITED",
                "400 | maximum context length is 8192 tokens, you sent 9000 | TOO_LONG",
                "500 | This model's maximum context length is 8192 tokens, but your prompt has 9000 | TOO_LONG",
                "413 | Request too large: prompt is too long | TOO_LONG",
                "500 | Something is wrong | SERVER_ERROR"
            })
    void its_words_say_more_than_its_status(int status, String raw, FailureKind kind) {
        assertThat(kind(status, raw)).isEqualTo(kind);
    }

    static Stream<String> signs() {
        return Stream.of(
                "{'message':'Provider returned error'}",
                "{'message':'Provider returned error','metadata':null}",
                "{'message':'provider returned an error: bad'}",
                "{'message':'No','metadata':{'provider_name':'Somebody'}}",
                "{'message':'No','metadata':{'provider_code':'bad_request'}}",
                "{'message':'No','metadata':{'provider_error_code':400}}",
                "{'message':'No','metadata':{'raw':'No'}}",
                "{'message':'No','metadata':{'raw':{'detail':'No'}}}",
                "{'message':'No','provider_name':'Somebody'}",
                "{'message':'Your input was flagged','metadata':{'reasons':['violence'],'flagged_input':'x',"
                        + "'provider_name':'Somebody','model_slug':'maker/model'}}");
    }

    @ParameterizedTest
    @MethodSource("signs")
    void each_sign_of_a_provider_counts(String error) {
        assertThat(read(400, ExactJson.read(error.replace('\'', '"')).orElseThrow())
                        .kind())
                .isEqualTo(FailureKind.REFUSED_BY_PROVIDER);
        assertThat(read(401, ExactJson.read(error.replace('\'', '"')).orElseThrow())
                        .kind())
                .isEqualTo(FailureKind.PROVIDER_DENIED);
        assertThat(read(403, ExactJson.read(error.replace('\'', '"')).orElseThrow())
                        .kind())
                .isEqualTo(FailureKind.REFUSED_BY_PROVIDER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'message':'No'}",
                "{'message':'No','metadata':{'provider_name':null}}",
                "{'message':'No','metadata':{'provider_name':'','raw':''}}",
                "{'message':'Guardrail','metadata':{'patterns':['x']}}"
            })
    void what_openrouter_refuses_itself_ends_the_request(String error) {
        assertThat(read(400, ExactJson.read(error.replace('\'', '"')).orElseThrow())
                        .kind())
                .isEqualTo(FailureKind.REJECTED);
        assertThat(read(401, ExactJson.read(error.replace('\'', '"')).orElseThrow())
                        .kind())
                .isEqualTo(FailureKind.REJECTED);
        assertThat(read(403, ExactJson.read(error.replace('\'', '"')).orElseThrow())
                        .kind())
                .isEqualTo(FailureKind.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Messages
                "{'type':'error','error':{'type':'invalid_request_error','message':'Provider returned error'},'request_id':'r'}",
                "{'type':'error','error':{'type':'invalid_request_error','message':'No',"
                        + "'metadata':{'provider_name':'Somebody','raw':'No'}}}",
                "{'type':'error','error':{'type':'invalid_request_error','message':'No'},'metadata':{'provider_name':'Somebody'}}",
                // Responses
                "{'error':{'code':'invalid_prompt','message':'Provider returned error'},'metadata':null}",
                "{'error':{'code':'invalid_prompt','message':'No'},'metadata':{'raw':'No','provider_name':'Somebody'}}",
                // As text, or without an envelope
                "{'error':'Provider returned error'}",
                "{'message':'Provider returned error','code':400,'metadata':{'raw':'No','provider_name':'Somebody'}}",
                "[{'error':{'code':400,'message':'No','metadata':{'provider_name':'Somebody'}}}]"
            })
    void in_every_dialects_envelope(String body) {
        Failure failure = reader.read(400, name -> null, "application/json", body.replace('\'', '"'), NOW);
        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED_BY_PROVIDER);
        assertThat(failure.reply()).map(Failure.Reply::body).contains(body.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'error':{'code':400,'message':'No','metadata':{'provider_name':'S'}}} | REFUSED_BY_PROVIDER",
                "{'error':{'code':401,'message':'No','metadata':{'provider_name':'S'}}} | PROVIDER_DENIED",
                "{'provider':'S','choices':[],'error':{'code':400,'message':'No'}} | REFUSED_BY_PROVIDER",
                "{'provider':'S','choices':[{'error':{'code':403,'message':'No'}}]} | REFUSED_BY_PROVIDER",
                "{'type':'error','error':{'type':'invalid_request_error','message':'Provider returned error'}} | REFUSED_BY_PROVIDER",
                "{'type':'error','error':{'type':'authentication_error','message':'Provider returned error'}} | PROVIDER_DENIED",
                "{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}} | SERVER_ERROR",
                "{'error':{'code':'invalid_prompt','message':'No'},'metadata':{'provider_name':'S'}} | REFUSED_BY_PROVIDER",
                "{'error':{'message':'Provider returned error','metadata':{'raw':'DEGRADED function'}}} | SERVER_ERROR"
            })
    void inside_an_answer_it_is_the_providers_too(String answer, FailureKind kind) {
        Failure failure = Errors.inside(
                        reader, ExactJson.object(answer.replace('\'', '"')).orElseThrow(), NOW)
                .orElseThrow();
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @Test
    void an_event_that_is_itself_the_error_has_its_metadata_inside() {
        JsonNode event = ExactJson.object(
                        "{\"type\":\"error\",\"code\":\"invalid_prompt\",\"message\":\"Provider returned error\","
                                + "\"metadata\":{\"provider_name\":\"Somebody\"}}")
                .orElseThrow();
        Failure failure = reader.inside(event, Stream.of(event), true, NOW).orElseThrow();
        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED_BY_PROVIDER);
        assertThat(failure.provider()).contains("Somebody");
    }

    @Test
    void an_embedded_error_is_handed_on_with_what_its_dialect_puts_beside_it() {
        String answer = "{\"type\":\"error\",\"error\":{\"code\":400,\"message\":\"Provider returned error\"},"
                + "\"metadata\":{\"raw\":\"No\"},\"choices\":[]}";
        Failure failure = Errors.inside(reader, ExactJson.object(answer).orElseThrow(), NOW)
                .orElseThrow();
        assertThat(failure.reply())
                .map(Failure.Reply::body)
                .contains("{\"type\":\"error\",\"error\":{\"code\":400,\"message\":\"Provider returned error\"},"
                        + "\"metadata\":{\"raw\":\"No\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_prompt",
                "content_policy_violation",
                "refusal",
                "invalid_image",
                "image_too_large",
                "image_not_found"
            })
    void its_opinion_of_the_content_is_one_providers(String type) {
        ObjectNode error = error(400, "No");
        ((ObjectNode) error.path("metadata")).put("error_type", type);
        assertThat(read(400, error).kind()).isEqualTo(FailureKind.REFUSED_BY_PROVIDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openrouter_credits", "openrouter_key_limit", "openrouter_workspace_budget"})
    void not_even_a_source_of_money_ends_the_request_if_a_provider_is_named(String source) {
        for (int status : new int[] {400, 402, 403, 429}) {
            ObjectNode error = error(status, "Key limit exceeded");
            ((ObjectNode) error.path("metadata")).put("limit_source", source);
            assertThat(read(status, error).kind().verdict()).isEqualTo(Verdict.NEXT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, Bad Request, REFUSED_BY_PROVIDER",
        "401, Unauthorized, PROVIDER_DENIED",
        "403, Forbidden, REFUSED_BY_PROVIDER",
        "422, Unprocessable, REFUSED_BY_PROVIDER"
    })
    void a_refusal_that_lists_the_providers_that_refused_before_is_theirs(
            int status, String message, FailureKind kind) {
        ObjectNode error =
                JsonNodeFactory.instance.objectNode().put("code", status).put("message", message);
        error.putObject("metadata")
                .putArray("previous_errors")
                .addObject()
                .put("provider", "NIM")
                .put("code", status)
                .put("status", status);
        Failure failure = read(status, error);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.provider()).contains("NIM");
    }

    @Test
    void what_the_providers_before_said_counts_as_their_words() {
        ObjectNode error =
                JsonNodeFactory.instance.objectNode().put("code", 400).put("message", "Bad Request");
        error.putObject("metadata")
                .putArray("previous_errors")
                .addObject()
                .put("provider_name", "NIM")
                .put("message", "DEGRADED function cannot be invoked");
        assertThat(read(400, error).kind()).isEqualTo(FailureKind.SERVER_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "[{'code':400}]", "'None'"})
    void an_empty_list_of_them_names_nobody(String errors) {
        JsonNode error = ExactJson.object(
                        ("{'message':'Bad Request','metadata':{'previous_errors':" + errors + "}}").replace('\'', '"'))
                .orElseThrow();
        assertThat(read(400, (ObjectNode) error).kind()).isEqualTo(FailureKind.REJECTED);
    }
}

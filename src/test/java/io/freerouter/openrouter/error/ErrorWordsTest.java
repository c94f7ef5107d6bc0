package io.freerouter.openrouter.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.json.ExactJson;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EmptySource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorWordsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final FailureReader reader = new FailureReader(text -> text.replace("sk-hidden", "[redacted]"));

    private static ObjectNode error(int code, String message) {
        return JsonNodeFactory.instance.objectNode().put("code", code).put("message", message);
    }

    private FailureKind kind(ObjectNode error) {
        int status = error.path("code").asInt();
        String body = "{\"error\":" + error + "}";
        Failure failure = reader.read(status, name -> null, "application/json", body, NOW);
        Failure inside =
                Errors.inside(reader, ExactJson.object(body).orElseThrow(), NOW).orElseThrow();
        assertThat(inside.kind()).as("the same inside a 200").isEqualTo(failure.kind());
        return failure.kind();
    }

    private FailureKind raw(int code, String raw) {
        ObjectNode error = error(code, "Provider returned error");
        error.putObject("metadata").put("raw", raw).put("provider_name", "Somebody");
        return kind(error);
    }

    private FailureKind typed(int code, String type) {
        ObjectNode error = error(code, "Something is wrong");
        error.putObject("metadata").put("error_type", type);
        return kind(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No endpoints found that support tool use. Try disabling \"bash\".",
                "No endpoints found that support image input",
                "No endpoints found that support the provided 'tool_choice' value.",
                "No endpoints found that can handle the requested parameters.",
            })
    void no_endpoint_that_can_do_it_is_not_the_models_end(String message) {
        assertThat(kind(error(404, message))).isEqualTo(FailureKind.UNSUITED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No endpoints found for some/model:free.",
                "No endpoints found that satisfy the max price for this request",
                "No endpoints found matching your data policy (Paid model training).",
                "The free variant of this model has ended",
                "Not Found"
            })
    void other_reasons_for_a_404_are(String message) {
        assertThat(kind(error(404, message))).isEqualTo(FailureKind.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":400,\"message\":\"model features function calling not support\"}",
                "Function calling is not enabled for models/tiny-2.5-it",
                "Developer instruction is not enabled for models/tiny-3.1-it",
                "System role not supported",
                "developer is not one of ['system', 'assistant', 'user', 'tool', 'function']",
                "JSON mode is not enabled for models/tiny",
                "Image input modality is not enabled for models/tiny",
                "some/model-3.1 is not a multimodal model",
                "At most 0 image(s) may be provided in one request.",
                "This model does not support image inputs.",
                "The model `tiny` cannot process images",
                "`response_format` is not supported by this model",
                "json_schema is not supported for this deployment",
                "Unsupported parameter: 'parallel_tool_calls' is not supported with this model.",
                "Unsupported value: 'temperature' does not support 0.5 with this model.",
                "property 'reasoning_content' is unsupported",
                "[{\"type\":\"extra_forbidden\",\"msg\":\"Extra inputs are not permitted\"}]",
                "Unrecognized request argument supplied: reasoning",
                "unknown variant `image_url`, expected `text`",
                "\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set",
                "Tool use with function calling is unsupported",
                "Failed to call a function. Please adjust your prompt.",
                "Reasoning is mandatory for this endpoint and cannot be disabled.",
                "Invalid content type. image_url is only supported by certain models.",
                "Only user and assistant roles are supported!",
            })
    void what_a_model_cannot_do_is_its_own_matter(String raw) {
        assertThat(raw(400, raw)).isEqualTo(FailureKind.UNSUITED);
        assertThat(raw(422, raw)).isEqualTo(FailureKind.UNSUITED);
        assertThat(kind(error(400, raw))).isEqualTo(FailureKind.UNSUITED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This endpoint's maximum context length is 32768 tokens. However, you requested about 40000 tokens.",
                "This model's maximum context length is 8192 tokens. Please reduce the length of the messages.",
                "{\"error\":{\"code\":\"context_length_exceeded\"}}",
                "prompt is too long: 210000 tokens > 200000 maximum",
                "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
                "Input is too long for requested model.",
                "Too many tokens in the request",
                "The prompt exceeds the context window of this model",
                "`inputs` tokens + `max_new_tokens` must be <= 8192. Given: 9000",
            })
    void what_is_too_long_for_a_model_is_its_own_matter(String raw) {
        assertThat(raw(400, raw)).isEqualTo(FailureKind.TOO_LONG);
        assertThat(raw(413, raw)).isEqualTo(FailureKind.TOO_LONG);
        assertThat(kind(error(400, raw))).isEqualTo(FailureKind.TOO_LONG);
    }

    static Stream<String> faultsOfTheRequest() {
        return Stream.of(
                "invalid request",
                "Bad Request",
                "{\n \"error\": {\"code\": 400, \"message\": \"Request contains an invalid argument.\"}}",
                "'messages' is required",
                "messages: at least one message is required",
                "'models' array must have 3 items or fewer.",
                "No models provided",
                "{...Missing parameter 'tool_call_id'...}",
                "An assistant message with 'tool_calls' must be followed by tool messages. The following"
                        + " tool_call_ids did not have response messages: call_1",
                "Invalid schema for function 'f': 'oneOf' is not supported",
                "tools.0.custom.input_schema: input_schema does not support oneOf at the top level",
                "GenerateContentRequest.tools[0].function_declarations[0].parameters: should be non-empty",
                "Invalid schema for response_format 'x': 'type' is required",
                "You uploaded an unsupported image. Please make sure your image is valid.",
                "Unsupported image format. Only png and jpeg are supported for this model.",
                "Could not process image",
                "Failed to download image from https://example.org/a.png",
                "temperature must be between 0 and 2",
                "max_tokens must be at least 1",
                "too many tools",
                "Tool names must be unique",
                "Conversation roles must alternate");
    }

    @ParameterizedTest
    @EmptySource
    @MethodSource("faultsOfTheRequest")
    void what_the_caller_can_mend_is_for_the_caller(String raw) {
        assertThat(kind(error(400, raw))).isEqualTo(FailureKind.REJECTED);
        assertThat(kind(error(422, raw))).isEqualTo(FailureKind.REJECTED);
    }

    @ParameterizedTest
    @MethodSource("faultsOfTheRequest")
    void if_a_provider_says_it_another_may_think_otherwise(String raw) {
        assertThat(raw(400, raw)).isEqualTo(FailureKind.REFUSED_BY_PROVIDER);
        assertThat(raw(422, raw)).isEqualTo(FailureKind.REFUSED_BY_PROVIDER);
    }

    @ParameterizedTest
    @CsvSource({
        "400, context_length_exceeded, TOO_LONG",
        "400, max_tokens_exceeded, OUTPUT_TOO_LONG",
        "400, token_limit_exceeded, TOO_LONG",
        "400, string_too_long, TOO_LONG",
        "400, invalid_request, REJECTED",
        "400, invalid_prompt, REJECTED",
        "400, content_policy_violation, REJECTED",
        "400, refusal, REJECTED",
        "400, invalid_image, REJECTED",
        "400, image_too_large, REJECTED",
        "400, unsupported_image_format, REJECTED",
        "400, image_download_failed, REJECTED",
        "404, image_not_found, REJECTED",
        "404, not_found, NOT_FOUND",
        "413, payload_too_large, TOO_LONG",
        "413, image_too_large, REJECTED",
        "422, unprocessable, REJECTED",
        "429, context_length_exceeded, RATE_LIMITED",
        "503, provider_overloaded, SERVER_ERROR"
    })
    void a_type_says_more_than_the_status(int code, String type, FailureKind kind) {
        assertThat(typed(code, type)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "400, model_not_found, NOT_FOUND",
        "400, wrong_endpoint, REJECTED",
        "404, no_endpoints, NOT_FOUND",
        "404, model_deprecated, NOT_FOUND",
        "404, model_unavailable_upstream, NOT_FOUND",
        "404, free_variant_ended, NOT_FOUND",
        "404, privacy_restricted, PRIVACY",
        "404, constraint_filtered, NOT_FOUND"
    })
    void an_availability_code_says_what_is_gone(int code, String availability, FailureKind kind) {
        ObjectNode error = error(code, "Not to be had");
        error.putObject("availability").put("code", availability);
        assertThat(kind(error)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "context_length, TOO_LONG",
        "require_parameters, UNSUITED",
        "quantization, UNSUITED",
        "max_price, NOT_FOUND",
        "data_policy:zdr, PRIVACY",
        "data_policy:training, PRIVACY",
        "geo, NOT_FOUND"
    })
    void what_excludes_every_endpoint_says_why(String reason, FailureKind kind) {
        ObjectNode error = error(404, "No endpoint is left");
        ObjectNode availability = error.putObject("availability").put("code", "constraint_filtered");
        availability.putArray("excluded_by").add(reason);
        assertThat(kind(error)).isEqualTo(kind);
    }

    @Test
    void a_name_that_is_no_model_any_more_is_not_the_callers_fault() {
        assertThat(kind(error(400, "some/model:free is not a valid model ID"))).isEqualTo(FailureKind.NOT_FOUND);
    }

    @Test
    void raw_words_that_came_as_an_object_are_read_too() {
        ObjectNode error = error(400, "Provider returned error");
        error.putObject("metadata").putObject("raw").put("message", "This model does not support tools");
        assertThat(kind(error)).isEqualTo(FailureKind.UNSUITED);
    }

    @Test
    void an_error_inside_an_answer_without_a_status_is_told_by_its_words() {
        String body = "{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"Too long\"}}";
        assertThat(Errors.inside(reader, ExactJson.object(body).orElseThrow(), NOW)
                        .orElseThrow())
                .isEqualTo(Failure.of(FailureKind.TOO_LONG).withReply(new Failure.Reply("application/json", body)));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 429, 500, 502, 503})
    void words_do_not_outweigh_other_statuses(int status) {
        assertThat(kind(error(status, "This model does not support tools"))).isNotEqualTo(FailureKind.UNSUITED);
    }

    @Test
    void a_model_that_cannot_do_it_has_no_words_for_the_caller() {
        Failure failure = reader.read(
                400,
                name -> null,
                "application/json",
                "{\"error\":{\"message\":\"Model does not support tools\"}}",
                NOW);
        assertThat(failure.reply()).isEmpty();
        assertThat(failure.cause()).isEqualTo("400 cannot do what the request needs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This model is unavailable for free. The paid version is available now - use this slug instead: some/model",
                "The free version of this model has ended. Use some/model instead.",
                "The free period for some/model:free is over.",
                "This model is no longer free.",
                "This model is no longer available for free",
                "some/model:free is not a valid model ID",
                "No endpoints found for some/model:free."
            })
    void a_model_that_is_not_free_any_more_is_gone_whatever_the_status(String message) {
        Stream.of(400, 403, 404, 410, 422).forEach(status -> assertThat(kind(error(status, message)))
                .as("status " + status)
                .isEqualTo(FailureKind.NOT_FOUND));
    }
}

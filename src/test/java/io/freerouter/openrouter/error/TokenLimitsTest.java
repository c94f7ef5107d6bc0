package io.freerouter.openrouter.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.json.ExactJson;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit of answers is not a long prompt. */
class TokenLimitsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final FailureReader reader = new FailureReader(text -> text);

    private Failure own(String message) {
        return reader.read(400, name -> null, null, "{\"error\":{\"message\":" + quoted(message) + "}}", NOW);
    }

    private Failure providers(int status, String raw) {
        return reader.read(
                status,
                name -> null,
                null,
                "{\"error\":{\"message\":\"Provider returned error\",\"metadata\":{\"provider_name\":\"S\",\"raw\":"
                        + quoted(raw) + "}}}",
                NOW);
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "max_tokens=32000 cannot be greater than max_model_len=max_total_tokens=28672 | 28672",
                "`max_tokens` must be less than or equal to `8192` | 8192",
                "`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens` is less than the `context_window` for this model | 8192",
                "max_tokens for `tiny` must be less than or equal to 8000 | 8000",
                "max_tokens (current value: 32000) must be between 0 and 16384 | 16384",
                "`max_completion_tokens` must be less than or equal to `16384` | 16384",
                "max_tokens: 32000 > 8192, which is the maximum allowed number of output tokens for tiny-1 | 8192",
                "max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you provided 32000. | 16384",
                "Invalid max_tokens value, the valid range of max_tokens is [1, 8192] | 8192",
                "<400> InternalError.Algo.InvalidParameter: Range of max_tokens should be [1, 8192] | 8192",
                "Unable to submit request because it has a maxOutputTokens value of 65536 but the supported range is from 1 (inclusive) to 8193 (exclusive). Update the value and try again. | 8192",
                "Invalid 'max_output_tokens': integer above maximum value. Expected a value <= 16384, but got 32000 instead. | 16384",
                "Invalid 'max_tokens': integer above maximum value. Expected a value <= 4096, but got 8192 instead. | 4096",
                "too many tokens: max tokens must be less than or equal to 4096, the maximum output for this model - received 8192. | 4096",
                "The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096. | 4096",
                "Input validation error: `max_new_tokens` must be <= 1024. Given: 2048 | 1024",
                "{\"detail\":[{\"type\":\"less_than_equal\",\"loc\":[\"body\",\"max_tokens\"],\"msg\":\"Input should be less than or equal to 4096\",\"input\":8192}]} | 4096",
                "{\"error\":{\"message\":\"max_tokens must be \\u003c= 8192\"}} | 8192",
                "{\"error\":{\"message\":\"Param Incorrect\",\"param\":\"max_tokens is too large: 1048576. This model supports at most 131072 completion tokens, whereas you provided 1048576.\"}} | 131072",
                "max_tokens 32000 exceeds the maximum of 16,384 | 16384",
                "max_tokens must not exceed 8192 | 8192",
                "The max_completion_tokens cannot be larger than 16384. | 16384",
                "This model's maximum output length is 8,192 tokens | 8192",
                "The maximum output of this model is 8192 tokens, but 32000 were requested. | 8192",
                "The maximum number of output tokens is 8192, you requested 32000 | 8192",
                "The maximum number of tokens to generate is 8192. | 8192",
                "Max output tokens: 8192. Requested: 32000. | 8192",
                "The output limit for this model is 8192 tokens. | 8192",
                "This model can generate at most 8192 tokens. | 8192",
                "thinking.budget_tokens must be less than 8192 | 8191",
                "thinking.budget_tokens: Input should be less than or equal to 8192 | 8192",
                "The thinking budget 32000 is invalid. Please choose a value between 512 and 24576. | 24576",
                "thinking_budget must be at most 8192 | 8192",
                "reasoning.max_tokens must be between 1024 and 8192 | 8192",
                "max_tokens must be less than 8192 | 8191",
                "max_tokens is too large: 32000 | ",
                "the requested max_tokens exceeds the limit for this model | ",
            })
    void a_limit_of_answers_is_no_long_prompt(String words, Long most) {
        OptionalLong limit = most == null ? OptionalLong.empty() : OptionalLong.of(most);
        Stream.of(own(words), providers(400, words), providers(422, words), providers(500, words))
                .skip(words.startsWith("{") ? 1 : 0)
                .forEach(failure -> {
                    assertThat(failure.kind()).isEqualTo(FailureKind.OUTPUT_TOO_LONG);
                    assertThat(failure.limit()).isEqualTo(limit);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (1000 in the messages, 8000 in the completion). Please reduce the length of the messages or completion. | 7192",
                "This model's maximum context length is 6048 tokens. However, you requested 6616 tokens (568 in the messages, 6048 in the completion). | 5480",
                "This model's maximum context length is 4097 tokens, however you requested 4927 tokens (3927 in your prompt; 1000 for the completion). Please reduce your prompt; or completion length. | ",
                "This endpoint's maximum context length is 32768 tokens. However, you requested about 40000 tokens (8000 of text input, 32000 in the output). Please reduce the length of either one. | 24768",
                "This endpoint's maximum context length is 32768 tokens. However, you requested about 42152 tokens (2000 of text input, 8152 of tool input, 32000 in the output). | 22616",
                "'max_tokens' or 'max_completion_tokens' is too large: 32000. This model's maximum context length is 28672 tokens and your request has 12 input tokens (32000 > 28672 - 12). | 28660",
                "This model's maximum context length is 2048 tokens. However, your request has 8 input tokens plus 2045 'max_tokens'. Please reduce one or the other. | 2040",
                "This model's maximum context length is 28672 tokens. However, you requested 32000 output tokens and your prompt contains at least 10 input tokens, for a total of at least 32010 tokens. | 28662",
                "You passed 1000 input tokens and requested 8000 output tokens. However, the model's context length is only 8192 tokens, resulting in a maximum input length of 192 tokens. | 7192",
                "Requested token count exceeds the model's maximum context length of 32768 tokens. You requested a total of 33000 tokens: 1000 tokens from the input messages and 32000 tokens for the completion. | 31768",
                "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4097. Given: 3900 `inputs` tokens and 512 `max_new_tokens` | ",
                "input length and `max_tokens` exceed context limit: 188240 + 32000 > 200000, decrease input length or `max_tokens` and try again | 11760",
            })
    void if_the_prompt_itself_fits_the_answer_is_too_long(String words, Long most) {
        assertThat(own(words).kind()).isEqualTo(FailureKind.OUTPUT_TOO_LONG);
        assertThat(providers(400, words).limit())
                .as("what is left for the answer, if it is much")
                .isEqualTo(most == null ? OptionalLong.empty() : OptionalLong.of(most));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "This model's maximum context length is 16384 tokens. However, you requested 122946 tokens (112946 in the messages, 10000 in the completion). | 16384",
                "This endpoint's maximum context length is 32768 tokens. However, you requested about 40000 tokens (38000 of text input, 2000 in the output). | 32768",
                "This model's maximum context length is 8191 tokens, however you requested 10346 tokens (10341 in your prompt; 5 for the completion). | 8191",
                "This model's maximum context length is 8192 tokens. However, your messages resulted in 8545 tokens. Please reduce the length of the messages. | 8192",
                "This model's maximum context length is 2048 tokens. However, your request has 3000 input tokens. Please reduce the length of the input messages. | 2048",
                "`inputs` tokens + `max_new_tokens` must be <= 8192. Given: 9000 | 8192",
                "input length and `max_tokens` exceed context limit: 210000 + 32000 > 200000 | 200000",
                "prompt is too long: 213462 tokens > 200000 maximum | 200000",
                "This model's maximum prompt length is 131072 but the request contains 537812 tokens. | 131072",
                "The input token count (1196265) exceeds the maximum number of tokens allowed (1048576). | 1048576",
                "Invalid request: Your request exceeded model token limit: 131072 | 131072",
                "The input (40000 tokens) is longer than the model's context length (32768 tokens). | 32768",
                "The decoder prompt (length 40000) is longer than the maximum model length of 32768. | 32768",
                "<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 129024] | 129024",
                "Your input exceeds the context window of this model. Please adjust your input and try again. | ",
                "Input is too long for requested model. | ",
                "the request exceeds the available context size, try increasing it | ",
                "Please reduce the length of the messages or completion. Current length is 9000 while limit is 8192 | ",
                "tokens to keep from the initial prompt is greater than the context length | ",
                "invalid params, context window exceeds limit (2013) | ",
                "prompt token count of 140000 exceeds the limit of 128000 | ",
                "too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 8634. | ",
                "max_tokens must be at least 1, got -1234 | ",
                "Prompt exceeds max length | ",
            })
    void a_long_prompt_is_one(String words, Long most) {
        assertThat(own(words).kind()).isEqualTo(FailureKind.TOO_LONG);
        Failure failure = providers(400, words);
        assertThat(failure.kind()).isEqualTo(FailureKind.TOO_LONG);
        assertThat(failure.limit()).isEqualTo(most == null ? OptionalLong.empty() : OptionalLong.of(most));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max_tokens must be at least 1",
                "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 1 instead.",
                "`max_tokens` must be greater than `thinking.budget_tokens`",
                "max_tokens: Field required",
                "temperature must be less than or equal to 2",
                "max_tokens must be an integer"
            })
    void other_words_on_tokens_are_about_the_request(String words) {
        assertThat(own(words).kind()).isEqualTo(FailureKind.REJECTED);
        assertThat(providers(400, words).kind()).isEqualTo(FailureKind.REFUSED_BY_PROVIDER);
    }

    @ParameterizedTest
    @CsvSource({
        "context_length_exceeded, '1000 in the messages, 8000 in the completion', OUTPUT_TOO_LONG",
        "max_tokens_exceeded, '9500 in the messages, 1000 in the completion', TOO_LONG"
    })
    void words_tell_better_than_a_name_which_of_the_two_it_is(String type, String parts, FailureKind kind) {
        String body =
                "{\"error\":{\"code\":400,\"message\":\"This model's maximum context length is 8192 tokens. However, you"
                        + " requested 9000 tokens (" + parts + ").\",\"metadata\":{\"error_type\":\"" + type + "\"}}}";
        body = body.replace("9000 tokens (9500", "10500 tokens (9500");
        assertThat(reader.read(400, name -> null, null, body, NOW).kind()).isEqualTo(kind);
        assertThat(Errors.inside(reader, ExactJson.object(body).orElseThrow(), NOW))
                .map(Failure::kind)
                .contains(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"Request too large for model `x` in organization `o` service tier `on_demand` on tokens"
                        + " per minute (TPM): Limit 6000, Requested 9000, please reduce your message size and try again.\","
                        + "\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}",
                "Request too large for gpt-4 in organization org-1 on tokens per min. Limit: 10000 / min. Requested: 12000.",
                "This request would exceed your organization's rate limit of 30,000 input tokens per minute",
                "Token rate limit exceeded",
                "Too many tokens per day, please wait before trying again.",
                "You exceeded your TPM limit: 6000 tokens"
            })
    void how_many_tokens_a_minute_may_have_is_a_rate(String words) {
        Stream.of(400, 413, 422, 500)
                .map(status -> providers(status, words))
                .forEach(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED));
        Failure named = reader.read(
                413,
                name -> null,
                null,
                "{\"error\":{\"message\":\"Payload too large\",\"metadata\":{\"error_type\":\"payload_too_large\","
                        + "\"provider_name\":\"S\",\"raw\":" + quoted(words) + "}}}",
                NOW);
        assertThat(named.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    }
}

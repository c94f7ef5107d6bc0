package io.freerouter.openrouter;

import io.freerouter.failure.FailureKind;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences in which OpenRouter and providers have been seen to say what one model cannot do. In doubt a sentence is
 * about the request, which the caller should hear of at once, rather than about the model.
 */
final class Wording {
    /** Some words of the same sentence; a dot within a name or number does not end it. */
    private static final String GAP = "(?:[^.;\\n]|\\.(?=\\S)){0,80}?";

    private static final String NOT = "(?:\\bnot\\b|n't|\\bcannot\\b)";

    /** What the model is asked to do or to take. */
    private static final String ABILITY =
            "(?:\\btools?\\b|tool[_ -](?:choice|calls?|calling|use)|function[_ -]?call(?:s|ing)?|\\bfunctions\\b"
                    + "|\\bimages?\\b|image_url|\\bvision\\b|multi-?modal|\\baudio\\b|\\bvideo\\b|\\bfiles?\\b|\\bpdfs?\\b"
                    + "|response[_ ]format|json[_ ](?:schema|object|mode)|structured[_ ]outputs?"
                    + "|reasoning|\\bthinking\\b|cache[_ ]control"
                    + "|(?:system|developer)[_ ](?:role|prompt|messages?|instructions?)|role: (?:system|developer)"
                    + "|\\bparam(?:eter)?s?\\b|temperature|\\btop_[pk]\\b|logprobs|logit_bias|penalty|\\bseed\\b)";

    /** A fault of the request that sounds like a lack of the model. */
    private static final Pattern CALLERS_FAULT = any(
            "invalid (?:json )?schema",
            "input_schema",
            "schema for (?:function|tool|response_format)",
            "function_declarations",
            "invalid_function_parameters",
            "(?:unsupported|invalid) (?:image|media|mime|file|audio)",
            "(?:image|media|mime|file|audio)[_ ](?:format|type)",
            "(?:fail|unable|could not|couldn't|cannot|error)" + GAP + "(?:download|fetch|load|decode)" + GAP
                    + "(?:image|file|audio|video|url)",
            "could not process (?:the |this )?(?:image|file|audio|video)");

    private static final Pattern GONE = any("is not a valid model id\\b", "no endpoints found for ");

    private static final Pattern TOO_LONG = any(
            "context_length_exceeded",
            "max(?:imum)?[_ ](?:context|model_len|model length)",
            "(?:exceed|larger|longer|too (?:long|large|big))" + GAP + "context",
            "context (?:length|window|size|limit)" + GAP + "(?:exceed|too (?:long|large|small)|only)",
            "(?:prompt|input|conversation|messages?)\\b" + GAP + "too (?:long|many tokens)",
            "too many (?:input |prompt |total )?tokens",
            "(?:tokens?|token count)\\b" + GAP + "exceed",
            "exceed" + GAP + "\\btokens?\\b",
            "reduce the length of",
            "max_(?:completion_|new_|output_)?tokens\\b" + GAP
                    + "(?:too (?:large|high|big)|(?:at most|maximum|less than|<=))");

    /** How many tokens a model takes by its own word, as OpenRouter and vLLM say it, and others after them. */
    private static final Pattern CONTEXT_LENGTH =
            any("max(?:imum)? (?:context|model) (?:length|window) (?:is|of) (\\d{1,9})\\b");

    private static final Pattern UNSUITED = any(
            "no endpoints found that (?:support|can handle)",
            // The model, somebody or something, does not support it.
            "(?:model|endpoint|provider|backend|deployment|engine)s?\\b" + GAP + NOT
                    + "(?: \\w+)? (?:support|accept|handle|process)",
            NOT + "(?: \\w+)? support" + GAP
                    + "(?:(?:by|for|with|on|in) (?:this|the|that)(?: \\S+)? (?:model|endpoint|provider)" + "|" + ABILITY
                    + ")",
            "no support for" + GAP + ABILITY,
            // It is not supported.
            ABILITY + GAP + NOT + "(?: \\w+)? (?:support|enabled|available)",
            ABILITY + GAP + "\\b(?:is|are) (?:unsupported|unavailable)",
            "unsupported[_ ](?:value|param|field|argument|feature|role|content|tool|function)",
            "(?:property|field|argument|param(?:eter)?)\\b" + GAP + "is unsupported",
            "only (?:supported|available) (?:by|for|with|on|in) ",
            "(?:model|endpoint)\\b" + GAP + "only (?:supports|accepts|works)",
            "only \\W?user\\W? and \\W?assistant\\W? roles",
            // The provider does not know a field that others do.
            "extra inputs are not permitted",
            "unrecognized request argument",
            "unknown variant \\W?(?:image_url|input_audio|file)\\b",
            "\\b(?:developer|system)\\b\\W{0,3} is not one of",
            // Other ways to say that it cannot.
            "is mandatory for this (?:endpoint|model)",
            // The request itself leaves out whoever hosts it.
            "your request's provider\\b",
            "is not (?:a )?(?:multi-?modal|vision)",
            "at most 0 (?:image|audio|video|file)",
            "tool[_ ]choice\\W{0,3}requires ",
            "tool_use_failed",
            "failed to call a function");

    private Wording() {}

    /** Which kind these words tell of; empty if they do not tell. */
    static Optional<FailureKind> kind(String text) {
        if (CALLERS_FAULT.matcher(text).find()) {
            return Optional.of(FailureKind.REJECTED);
        }
        if (GONE.matcher(text).find()) {
            return Optional.of(FailureKind.NOT_FOUND);
        }
        if (TOO_LONG.matcher(text).find()) {
            return Optional.of(FailureKind.TOO_LONG);
        }
        return UNSUITED.matcher(text).find() ? Optional.of(FailureKind.UNSUITED) : Optional.empty();
    }

    /** The context that these words name as the model's longest; empty if they name none. */
    static OptionalLong contextLength(String text) {
        Matcher matcher = CONTEXT_LENGTH.matcher(text);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    private static Pattern any(String... patterns) {
        return Pattern.compile(String.join("|", patterns), Pattern.CASE_INSENSITIVE);
    }
}

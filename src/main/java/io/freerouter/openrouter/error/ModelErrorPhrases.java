package io.freerouter.openrouter.error;

import io.freerouter.failure.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The sentences in which OpenRouter and providers were seen to say what is wrong with one model. The first kind with a
 * sentence that fits counts. When in doubt a sentence is about the request rather than about the model.
 */
final class ModelErrorPhrases {
    /** Some words of the same sentence; a dot within a name or number does not end it. */
    private static final String GAP = "(?:[^.;\\n]|\\.(?=\\S)){0,80}?";

    /** A few words without any punctuation. */
    private static final String SHORT = "[^.,;:\\n]{0,30}?";

    private static final String NOT = "(?:\\bnot\\b|n't|\\bcannot\\b)";

    /** What the model is asked to do or to take. */
    private static final String ABILITY =
            "(?:\\btools?\\b|tool[_ -](?:choice|calls?|calling|use)|function[_ -]?call(?:s|ing)?|\\bfunctions\\b"
                    + "|\\bimages?\\b|image_url|\\bvision\\b|multi-?modal|\\baudio\\b|\\bvideo\\b|\\bfiles?\\b|\\bpdfs?\\b"
                    + "|response[_ ]format|json[_ ](?:schema|object|mode)|structured[_ ]outputs?"
                    + "|reasoning|\\bthinking\\b|cache[_ ]control"
                    + "|(?:system|developer)[_ ](?:role|prompt|messages?|instructions?)|role: (?:system|developer)"
                    + "|\\bparam(?:eter)?s?\\b|temperature|\\btop_[pk]\\b|logprobs|logit_bias|penalty|\\bseed\\b)";

    private record Phrases(FailureKind kind, Pattern words) {
        Phrases(FailureKind kind, String... words) {
            this(kind, Pattern.compile(String.join("|", words), Pattern.CASE_INSENSITIVE));
        }

        Optional<FailureKind> in(String text) {
            return words.matcher(text).find() ? Optional.of(kind) : Optional.empty();
        }
    }

    /** A fault of the request that sounds like a lack of the model. */
    private static final Phrases FAULTS_OF_THE_REQUEST = new Phrases(
            FailureKind.REJECTED,
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

    private static final Phrases GONE = new Phrases(
            FailureKind.NOT_FOUND,
            "is not a valid model id\\b",
            "no endpoints found for ",
            "unavailable for free\\b",
            "no longer (?:available )?(?:for |as )?free\\b",
            "\\bfree (?:version|variant|period|promotion|trial|access)\\b" + GAP
                    + "(?:ended|is over\\b|expired|no longer|unavailable|discontinued)");

    /** How many tokens a minute or a day may have, for a model or for all that its provider gets from OpenRouter. */
    private static final Phrases TOKEN_RATE = new Phrases(
            FailureKind.RATE_LIMITED,
            "tokens? per (?:second|minute|min\\b|hour|day)",
            "tokens/(?:s|sec|min|minute|hour|day)\\b",
            "\\b[io]?tp[mdh]\\b",
            "\\btokens?\\b" + GAP + "rate[-_ ]limit",
            "\\brate[-_ ]limit" + GAP + "\\btokens?\\b");

    private static final Phrases UNSUITED = new Phrases(
            FailureKind.UNSUITED,
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
            "unknown name \\W{1,3}[\\w.]+\\W{1,3}:? ?cannot find field",
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

    private static final Phrases LIMITED_AT_PROVIDER = new Phrases(
            FailureKind.POOL_LIMITED,
            "rate[-_ ]?limit",
            "too many (?:concurrent )?requests",
            "requests? per (?:second|minute|hour|day)",
            "quota" + GAP + "exceed",
            "exceed" + GAP + "\\bquota",
            "resource[ _](?:has been )?exhausted",
            "throttl");

    /** What passes, though the status speaks of the request. */
    private static final Phrases DOWN_AT_PROVIDER = new Phrases(
            FailureKind.SERVER_ERROR,
            "\\bdegraded\\b",
            "temporarily (?:un|not )available",
            "(?:un|not )available (?:at (?:this|the) (?:moment|time)|right now|now)",
            "currently (?:un|not )available",
            "\\boverloaded\\b",
            "(?:re)?try (?:your request )?(?:again|later|shortly)",
            "internal[_ ](?:server[_ ])?error",
            "service[_ ](?:un|not )available",
            "(?:no|insufficient|not enough|out of|exceed)" + GAP + "\\bcapacity",
            "\\bcapacity" + GAP + "(?:exceed|reached|exhausted)",
            "worker" + GAP + "(?:limit reached|crash|died)",
            "out of memory",
            "no healthy upstream",
            "bad gateway",
            "timed? ?out",
            "connection (?:error|refused|reset|closed)");

    /** A model that the provider does not serve, or no more. */
    private static final Phrases GONE_AT_PROVIDER = new Phrases(
            FailureKind.NOT_FOUND,
            "end[- ]of[- ]life",
            "(?:model|deployment|endpoint)\\b" + GAP
                    + "(?:deprecated|decommissioned|removed|retired|discontinued|shut ?down|does not exist|doesn't exist"
                    + "|not exist\\b|not found|no longer (?:available|supported|served|hosted|exists?)|not (?:available|deployed|loaded))",
            "(?:no such|unknown|invalid) model\\b",
            "model_(?:not_found|decommissioned)");

    /** OpenRouter's own access to the provider, or the place it calls from: nothing that the caller could change. */
    private static final Phrases ACCESS_TO_PROVIDER = new Phrases(
            FailureKind.PROVIDER_DENIED,
            "(?:invalid|incorrect|missing|wrong|expired|revoked|no|your)\\b" + SHORT + "api[-_ ]?key",
            "api[-_ ]?key\\b" + SHORT + "(?:invalid|incorrect|not valid|missing|expired|revoked|not found|required)",
            "\\bunauthorized\\b",
            "\\bunauthenticated\\b",
            "authentication",
            "not authorized",
            "access (?:is |was )?denied",
            "permission[_ -]?denied",
            "(?:not|n't|lacks?|missing|insufficient)\\b" + SHORT + "\\b(?:permission|access)",
            "(?:location|country|region|territory)" + GAP + "(?:not|un) ?(?:supported|available|allowed)",
            "\\baccount\\b" + GAP + "(?:suspended|deactivated|disabled|blocked|overdue|arrears)",
            "\\bbilling\\b",
            "(?:insufficient|not enough)[ _](?:balance|funds|credits?|quota)",
            "payment[ _]required");

    private static final List<Phrases> OF_PROVIDERS =
            List.of(LIMITED_AT_PROVIDER, DOWN_AT_PROVIDER, GONE_AT_PROVIDER, ACCESS_TO_PROVIDER);

    private ModelErrorPhrases() {}

    /** Which kind these words tell of, whoever says them; empty if they tell of none. */
    static Optional<FailureKind> kind(String text) {
        return FAULTS_OF_THE_REQUEST
                .in(text)
                .or(() -> GONE.in(text))
                .or(() -> TokenLimits.in(text).map(TokenLimits.Finding::kind))
                .or(() -> UNSUITED.in(text));
    }

    /** Whether these words tell of a limit of tokens a minute or a day. */
    static Optional<FailureKind> tokenRate(String text) {
        return TOKEN_RATE.in(text);
    }

    /** Whether these words tell of a model that is not free any more, or not offered at all. */
    static Optional<FailureKind> gone(String text) {
        return GONE.in(text);
    }

    /** Which kind the words of a provider tell of besides; they would mean something else if OpenRouter said them. */
    static Optional<FailureKind> kindByProvider(String text) {
        return OF_PROVIDERS.stream()
                .flatMap(phrases -> phrases.in(text).stream())
                .findFirst();
    }
}

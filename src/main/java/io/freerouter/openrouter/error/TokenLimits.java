package io.freerouter.openrouter.error;

import io.freerouter.failure.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells two limits apart that providers report in much the same words: the prompt is too long for the model
 * ({@link FailureKind#TOO_LONG}), or only the answer that was asked for is ({@link FailureKind#OUTPUT_TOO_LONG}). A caller
 * who hears of a long prompt shortens a conversation, which does not help against a limit of answers.
 */
final class TokenLimits {
    /**
     * What a sentence says about a limit.
     *
     * @param kind which limit it is
     * @param most how many tokens the model takes, or how many it answers with; empty if the sentence names no number
     * @param prompt how many tokens a prompt that is too long has; empty if the sentence names no number
     */
    record Finding(FailureKind kind, OptionalLong most, OptionalLong prompt) {
        Finding(FailureKind kind, OptionalLong most) {
            this(kind, most, OptionalLong.empty());
        }
    }

    /** Some words of the same sentence; a dot within a name or number does not end it. */
    private static final String GAP = "(?:[^.;\\n]|\\.(?=\\S)){0,80}?";
    /** The same with no digit, for what comes right before a number. */
    private static final String TO_NUMBER = "[^\\d\\n]{0,40}?";

    private static final String N = "\\d[\\d,]{0,11}";
    /** The member of a request that limits its answer, by the names that APIs give it. */
    private static final String OUTPUT =
            "(?:max[_ -]?(?:completion|new|output|gen(?:erated|eration)?)?[_ -]?tokens?\\b|max_gen_len"
                    + "|maximum tokens\\b|(?:output|completion) tokens?\\b"
                    // How much of the answer may be thoughts.
                    + "|budget_tokens\\b|(?:thinking|reasoning)[_. ]budget\\b)";

    /** The most that an answer may have, as a noun. */
    private static final String MOST_OUTPUT =
            "(?:max(?:imum)?[_ ](?:number of |count of )?(?:(?:output|completion|response|generat(?:ed|ion)|new)\\b"
                    + "(?:[_ ](?:length|limit|size|tokens?(?:[_ ](?:limit|count|length))?))?|tokens to generate)"
                    + "|(?:output|completion|response|generation)[_ ](?:token )?(?:length|limit|size))";

    /** A model's context, with the number right behind. */
    private static final String CONTEXT =
            "(?:context|model|prompt|input)[_ ](?:length|window|size|limit|len)" + TO_NUMBER + "(?<most>" + N + ")";

    /**
     * Sentences that name a model's context and the length of prompt and answer, or of the prompt alone: whether the prompt
     * itself would fit is a matter of subtraction.
     */
    private static final List<Pattern> SUMS = List.of(
            // OpenAI, OpenRouter, vLLM, SGLang: "… context length is 8192 tokens. However, you requested 9000 tokens
            // (1000 in the
            // messages, 8000 in the completion)", "… a total of 33000 tokens: 1000 tokens from … and 32000 tokens for
            // the completion"
            any(CONTEXT + "[\\s\\S]{0,80}?requested (?:about |a total of )?(?<total>" + N + ") tokens"
                    + "[\\s\\S]{0,160}?(?<output>" + N
                    + ") (?:tokens )?(?:in|for|of) (?:the |your )?(?:completion|output|response)"),
            // vLLM: "… context length is 2048 tokens. However, your request has 8 input tokens plus 2045 'max_tokens'",
            // "… and your prompt contains at least 10 input tokens"
            any(CONTEXT + "[\\s\\S]{0,120}?(?:request has|prompt (?:has|contains)|messages resulted in)"
                    + " (?:at least |about )?(?<prompt>" + N + ")"),
            any("passed (?<prompt>" + N + ") input tokens[\\s\\S]{0,80}?" + CONTEXT),
            // Text Generation Inference: "`inputs` tokens + `max_new_tokens` must be <= 8192. Given: 9000 `inputs`
            // tokens"
            any("tokens\\W{1,5}max_new_tokens\\W{1,4}must be <= (?<most>" + N + ")\\W{1,4}given: (?<prompt>" + N + ")"),
            // Anthropic: "input length and `max_tokens` exceed context limit: 198000 + 32000 > 200000"
            any("(?<prompt>" + N + ") ?\\+ ?(?<output>" + N + ") ?> ?(?<most>" + N + ")"));

    /** Sentences about the answer alone. Those that name the most it may have come first. */
    private static final List<Pattern> OUTPUT_LIMITS = List.of(
            any(OUTPUT + GAP
                    + "(?:<=|≤|=<|(?:less|lower|smaller|fewer) than or equal(?: to)?|at most|no (?:more|greater|larger) than"
                    + "|up to|(?:must|may|should|can) ?not exceed)" + TO_NUMBER + "(?<most>" + N + ")"),
            any(OUTPUT + GAP + "(?:cannot|can not|can't|must not|may not|should not)(?: be)?"
                    + " (?:greater|larger|higher|more|bigger|above|over|exceed)" + TO_NUMBER + "(?<most>" + N + ")"),
            any(OUTPUT + GAP + "(?:(?:between|range|from)" + TO_NUMBER + "|\\[)" + N
                    + "(?: \\(inclusive\\))?\\W{0,3}(?:and|to|,|-|–)\\W{0,3}(?<most>" + N
                    + ")(?<exclusive> \\(exclusive\\))?"),
            any(OUTPUT + GAP + N + " ?> ?(?<most>" + N + ")"),
            any(OUTPUT + "[\\s\\S]{0,80}?at most (?<most>" + N + ") (?:completion|output|new|generated)? ?tokens"),
            any(OUTPUT + GAP + "above (?:the )?maximum[^\\d\\n]{0,60}(?<most>" + N + ")"),
            any(OUTPUT + GAP + "exceed" + GAP + "(?:limit|max|allowed|support|capacity)" + TO_NUMBER + "(?<most>" + N
                    + ")"),
            any(OUTPUT + GAP + "(?<exclusive>(?:less|lower|smaller) than) (?!or|\\W{0,3}max)" + TO_NUMBER + "(?<most>"
                    + N + ")"),
            any("(?:thinking|reasoning) budget[\\s\\S]{0,80}?between " + N + " and (?<most>" + N + ")"),
            any(MOST_OUTPUT
                    + "(?: (?:for|of|in) [^.\\d\\n]{0,40}?)?\\W{0,3}(?:\\bis|\\bof|:|=)\\W{1,3}(?:only )?(?<most>" + N
                    + ")"),
            any("(?:generate|output|produce|respond with|return) (?:at most|up to|no more than|a maximum of) (?<most>"
                    + N + ") (?:\\w+ )?tokens"),
            any(OUTPUT + GAP + "too (?:large|high|big|long|great)"),
            any(OUTPUT + GAP + "(?:cannot|can not|can't|must not|may not|should not)(?: be)?"
                    + " (?:greater|larger|higher|more|bigger|above|over|exceed)"),
            any(OUTPUT + GAP + "exceed" + GAP + "(?:limit|max|allowed|support|capacity)"));

    /** Sentences about the prompt, or about the context without any sum. */
    private static final Pattern TOO_LONG = any(
            "context_length_exceeded",
            "max(?:imum)?[_ ](?:context|model_len|model length|prompt length|input length)",
            "(?:exceed|larger|longer|greater|too (?:long|large|big))" + GAP + "context",
            "context (?:length|window|size|limit)" + GAP + "(?:exceed|too (?:long|large|small)|only)",
            "(?:prompt|input|conversation|messages?)\\b" + GAP + "too (?:long|many tokens)",
            "(?:prompt|input|request)\\b" + GAP + "exceeds?(?:ed)? (?:the |model |this )*(?:max|token limit)",
            "range of input length",
            "too many (?:input |prompt |total )?tokens",
            "(?:tokens?|token count)\\b" + GAP + "exceed",
            "exceed" + GAP + "\\btokens?\\b",
            "request_too_large",
            "reduce the length of",
            // vLLM counts the room for the answer by subtraction, and finds none.
            "max_(?:completion_)?tokens must be at least 1, got -\\d");

    /** How many tokens a model takes by its own word. */
    private static final List<Pattern> CONTEXT_LENGTHS = List.of(
            any(
                    "max(?:imum)?[_ ](?:context|model|prompt|input)[_ ](?:length|window|len|size)(?: is| of|:)?\\W{1,3}(?<most>"
                            + N + ")"),
            any("range of input length should be \\[\\d+, ?(?<most>" + N + ")"),
            any("(?:model token limit|limit for this model is|maximum number of tokens allowed)\\W{1,3}(?<most>" + N
                    + ")"),
            any(N + " tokens > (?<most>" + N + ") maximum"),
            any("context length (?:of |is )?(?:only )?\\(?(?<most>" + N + ") tokens"));

    /** How many tokens the prompt has, beside words that it has too many. */
    private static final List<Pattern> PROMPT_LENGTHS = List.of(
            any("(?<prompt>" + N + ") tokens > " + N),
            any("(?:prompt|input|messages?|count|length)\\b[^.\\d\\n]{0,40}?(?<prompt>" + N
                    + ")[^.\\d\\n]{0,60}?(?:exceed|(?:longer|greater|larger|more) than|while limit)"),
            any("(?:request|prompt|input) (?:contains|has) (?:at least |about )?(?<prompt>" + N + ") tokens"));

    private static final long LEAST_USEFUL = 1024;

    private TokenLimits() {}

    /** What these words say of a limit of tokens; empty if they speak of none. */
    static Optional<Finding> in(String words) {
        return sum(words).or(() -> output(words)).or(() -> prompt(words));
    }

    private static Optional<Finding> sum(String words) {
        return first(SUMS, words).map(match -> {
            long most = number(match, "most").orElse(0);
            long prompt = number(match, "prompt")
                    .orElseGet(() -> number(match, "total").orElse(0)
                            - number(match, "output").orElse(0));
            return prompt < most
                    ? new Finding(FailureKind.OUTPUT_TOO_LONG, useful(most - prompt))
                    : new Finding(FailureKind.TOO_LONG, OptionalLong.of(most), OptionalLong.of(prompt));
        });
    }

    /** What a prompt leaves is no limit of the model's. It is worth a second try, and to be remembered, only if it is much. */
    private static OptionalLong useful(long most) {
        return most >= LEAST_USEFUL ? OptionalLong.of(most) : OptionalLong.empty();
    }

    private static Optional<Finding> output(String words) {
        return first(OUTPUT_LIMITS, words).map(match -> new Finding(FailureKind.OUTPUT_TOO_LONG, most(match)));
    }

    private static Optional<Finding> prompt(String words) {
        return TOO_LONG.matcher(words).find()
                ? Optional.of(new Finding(
                        FailureKind.TOO_LONG,
                        first(CONTEXT_LENGTHS, words).map(TokenLimits::most).orElse(OptionalLong.empty()),
                        first(PROMPT_LENGTHS, words)
                                .map(match -> number(match, "prompt"))
                                .orElse(OptionalLong.empty())))
                : Optional.empty();
    }

    private static Optional<Matcher> first(List<Pattern> patterns, String words) {
        return patterns.stream()
                .map(pattern -> pattern.matcher(words))
                .filter(Matcher::find)
                .findFirst();
    }

    private static OptionalLong most(Matcher match) {
        OptionalLong most = number(match, "most");
        long excluded = group(match, "exclusive").isPresent() ? 1 : 0;
        return most.isPresent() && most.getAsLong() > excluded
                ? OptionalLong.of(most.getAsLong() - excluded)
                : OptionalLong.empty();
    }

    private static OptionalLong number(Matcher match, String name) {
        return group(match, name)
                .map(digits -> OptionalLong.of(Long.parseLong(digits.replace(",", ""))))
                .orElse(OptionalLong.empty());
    }

    /** A group by its name; empty if the pattern has no such group, or it matched nothing. */
    private static Optional<String> group(Matcher match, String name) {
        return match.pattern().pattern().contains("(?<" + name + ">")
                ? Optional.ofNullable(match.group(name))
                : Optional.empty();
    }

    private static Pattern any(String... words) {
        return Pattern.compile(String.join("|", words), Pattern.CASE_INSENSITIVE);
    }
}

package io.freerouter.openrouter.error;

import io.freerouter.failure.FailureKind;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Errors that speak of the account: its quota, its money, its privacy settings. OpenRouter names whose limit was reached in
 * {@code error.metadata.limit_source} since the autumn of 2026. The names for money are in its <a
 * href="https://openrouter.ai/docs/api-reference/limits">limits</a> page, the others were seen. Errors without that name are
 * told apart by their words.
 */
final class AccountLimits {
    /**
     * A limit's source.
     *
     * @param status the status such an error comes with
     */
    private record Source(int status, FailureKind kind) {}

    private static final String CREDITS = "openrouter_credits";

    private static final Map<String, Source> SOURCES = Map.of(
            "openrouter_free_tier_per_minute",
            new Source(429, FailureKind.MINUTE_SPENT),
            "openrouter_free_tier_daily",
            new Source(429, FailureKind.DAY_SPENT),
            "upstream_provider_shared_pool",
            new Source(429, FailureKind.POOL_LIMITED),
            // What one model can do for all of OpenRouter's users.
            "openrouter_shared_capacity",
            new Source(429, FailureKind.RATE_LIMITED),
            CREDITS,
            new Source(402, FailureKind.ACCOUNT_CREDIT),
            "openrouter_key_limit",
            new Source(402, FailureKind.ACCOUNT_CREDIT),
            "openrouter_guardrail_budget",
            new Source(402, FailureKind.ACCOUNT_CREDIT),
            "openrouter_workspace_budget",
            new Source(402, FailureKind.ACCOUNT_CREDIT),
            // What runs at this moment costs as much as may be spent at once. It passes; free models are exempt.
            "openrouter_in_flight_budget",
            new Source(402, FailureKind.BUSY));

    private static final Pattern MINUTE = any("free-models-per-min(?!\\w*-stealth)");
    private static final Pattern DAY = any("free-models-per-day(?!\\w*-stealth)");
    private static final Pattern KEY = any("key limit exceeded");

    private static final Pattern ACCOUNT = any(
            "negative (?:credit )?balance",
            "balance is (?:negative|below zero)",
            "key limit exceeded",
            "budget (?:is |was |has been )?(?:exceeded|exhausted)");

    /** What one request costs, an account that cannot have money to pay from, or a model by its name. */
    private static final Pattern PRICE = any(
            "can only afford",
            "fewer max_tokens",
            "never purchased",
            "this (?:model|endpoint|provider)",
            "tokens limit exceeded",
            "(?<![\\w./:-])[\\w~-]+/[\\w-]+(?:\\.[\\w-]+)*:free\\b");

    /** These words speak of the account, but single models were seen to say them while others went on answering. */
    private static final Pattern PLAIN_CREDIT = any("insufficient[ _]credits?");

    /** One model's own condition, such as where it may be used from, or a promise that it wants from the account. */
    private static final Pattern ONE_MODEL =
            any("[\\w~-]/[\\w.:-]+ is only available (?:on|to|in|for|through)", "this model requires you");

    private static final Pattern PRIVACY = any("matching your (?:guardrail restrictions|data policy)");

    /** Settings for models that cost money: a model that falls under them is not free any more. */
    private static final Pattern PRIVACY_OF_PAID = any("paid model (?:training|publication)");

    private static final Pattern PRIVACY_OF_FREE = any("free model (?:training|publication)");

    private AccountLimits() {}

    /** What the named source of the limit means; empty if none is named that is known. */
    static Optional<FailureKind> bySource(UpstreamError error) {
        return source(error).map(Source::kind);
    }

    /** The same, unless the account has money and only this request is too dear for it, which says nothing of free models. */
    static Optional<FailureKind> bySourceUnlessPriced(UpstreamError error) {
        boolean priced = isTooDear(error) || sourceName(error).equals(CREDITS) && is(PRICE, error);
        return bySource(error).filter(kind -> !priced);
    }

    private static Optional<Source> source(UpstreamError error) {
        return Optional.ofNullable(SOURCES.get(sourceName(error)));
    }

    private static String sourceName(UpstreamError error) {
        return error.metadata().path("limit_source").asText("");
    }

    /** Which of the account's limits OpenRouter's own words speak of; empty if of none. */
    static Optional<FailureKind> spentByWords(UpstreamError error) {
        if (is(MINUTE, error)) {
            return Optional.of(FailureKind.MINUTE_SPENT);
        }
        return is(DAY, error) ? Optional.of(FailureKind.DAY_SPENT) : Optional.empty();
    }

    /** What OpenRouter says of the account's quota, money or key, whatever the status is. */
    static Optional<FailureKind> ofAccount(UpstreamError error) {
        return spentByWords(error)
                .or(() -> bySourceUnlessPriced(error))
                .or(() -> Optional.of(FailureKind.ACCOUNT_CREDIT).filter(kind -> is(KEY, error)));
    }

    /** What a 402 means. When in doubt it is about the model, so that a model with a price does not stop all requests. */
    static FailureKind ofPayment(UpstreamError error) {
        if (error.isProviders() || isTooDear(error) || is(PRICE, error)) {
            return FailureKind.NO_CREDIT;
        }
        return Optional.of(FailureKind.ACCOUNT_CREDIT)
                .filter(kind -> is(ACCOUNT, error))
                .orElse(is(PLAIN_CREDIT, error) ? FailureKind.CREDIT_REFUSED : FailureKind.NO_CREDIT);
    }

    /** Whether this one request costs more than may be spent at once. */
    private static boolean isTooDear(UpstreamError error) {
        return error.metadata().path("reason").asText("").equals("weight_exceeds_budget");
    }

    /** What a 403 of OpenRouter's own means. */
    static FailureKind ofRefusal(UpstreamError error) {
        return is(ONE_MODEL, error) ? FailureKind.NOT_FOUND : FailureKind.REJECTED;
    }

    /** What a sentence about the privacy settings means, which leave no endpoint of a model; empty if there is none. */
    static Optional<FailureKind> ofPrivacy(UpstreamError error) {
        boolean onlyOfPaid = is(PRIVACY_OF_PAID, error) && !is(PRIVACY_OF_FREE, error);
        return Optional.of(onlyOfPaid ? FailureKind.NOT_FOUND : FailureKind.PRIVACY)
                .filter(kind -> is(PRIVACY, error));
    }

    /** The status that an error without one stands for, by the source or words of its limit. */
    static OptionalInt status(UpstreamError error) {
        Optional<Source> source = source(error);
        if (source.isPresent()) {
            return OptionalInt.of(source.get().status());
        }
        if (RateLimit.isIn(error)) {
            return OptionalInt.of(429);
        }
        if (is(KEY, error)) {
            return OptionalInt.of(403);
        }
        if (is(PLAIN_CREDIT, error)) {
            return OptionalInt.of(402);
        }
        return is(PRIVACY, error) ? OptionalInt.of(404) : OptionalInt.empty();
    }

    private static boolean is(Pattern words, UpstreamError error) {
        return words.matcher(error.message()).find();
    }

    private static Pattern any(String... words) {
        return Pattern.compile(String.join("|", words), Pattern.CASE_INSENSITIVE);
    }
}

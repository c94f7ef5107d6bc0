package io.freerouter.openrouter;

import io.freerouter.failure.FailureKind;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A 402 or 403 that speaks of money: the account's, or a model's price. A free model asks nothing of a balance unless that
 * is negative, so OpenRouter's plain word that there is no credit speaks of the account; a sum that this request would cost
 * means that the model is not free. In doubt it is the model, so that no account is stopped for one that has got a price.
 */
final class CreditLimit {
    /** What a request costs, who has no account with money to pay it from, or a model by its name. */
    private static final Pattern PRICE = any(
            "can only afford",
            "fewer max_tokens",
            "never purchased",
            "this (?:model|endpoint|provider)",
            "tokens limit exceeded",
            "(?<![\\w./:-])[\\w~-]+/[\\w-]+(?:\\.[\\w-]+)*:free\\b");

    private static final Pattern ACCOUNT = any(
            "insufficient credits",
            "negative (?:credit )?balance",
            "balance is (?:negative|below zero)",
            "key limit exceeded",
            "budget (?:is |was |has been )?(?:exceeded|exhausted)");

    private static final Pattern KEY = any("key limit exceeded");

    /** One model's own condition, such as where it may be used from, or a promise that it wants from the account. */
    private static final Pattern ONE_MODEL =
            any("[\\w~-]/[\\w.:-]+ is only available (?:on|to|in|for|through)", "this model requires you");

    private CreditLimit() {}

    /** What a 402 means. */
    static FailureKind ofPayment(UpstreamError error) {
        if (speaksOfPrice(error)) {
            return FailureKind.NO_CREDIT;
        }
        return LimitSource.of(error)
                .map(LimitSource::kind)
                .or(() -> Optional.of(FailureKind.ACCOUNT_CREDIT).filter(kind -> isIn(ACCOUNT, error)))
                .orElse(FailureKind.NO_CREDIT);
    }

    /** {@code weight_exceeds_budget}: this one request costs more than may be spent at once. */
    private static boolean speaksOfPrice(UpstreamError error) {
        return error.isProviders()
                || error.metadata().path("reason").asText().equals("weight_exceeds_budget")
                || isIn(PRICE, error);
    }

    /** What a 403 means. */
    static FailureKind ofRefusal(UpstreamError error) {
        if (!error.isProviders() && (isIn(KEY, error) || namesAccount(error))) {
            return FailureKind.ACCOUNT_CREDIT;
        }
        return isIn(ONE_MODEL, error) ? FailureKind.NOT_FOUND : FailureKind.REJECTED;
    }

    private static boolean namesAccount(UpstreamError error) {
        return LimitSource.of(error)
                .filter(source -> source.kind() == FailureKind.ACCOUNT_CREDIT)
                .isPresent();
    }

    /** Whether a message says that the key has spent what it may. */
    static boolean isOfKey(String message) {
        return KEY.matcher(message).find();
    }

    private static boolean isIn(Pattern words, UpstreamError error) {
        return words.matcher(error.message()).find();
    }

    private static Pattern any(String... words) {
        return Pattern.compile(String.join("|", words), Pattern.CASE_INSENSITIVE);
    }
}

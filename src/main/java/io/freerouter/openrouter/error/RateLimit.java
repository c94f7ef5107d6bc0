package io.freerouter.openrouter.error;

import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.openrouter.json.Decimals;
import io.freerouter.routing.QuotaRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A 429: the account's limit, a provider's or one model's. The source it names tells which (<a
 * href="https://openrouter.ai/docs/api-reference/limits">limits</a>), else its words, else who is named and which headers
 * there are. When in doubt the limit is the model's: asking one model more costs a request, asking none costs the answer.
 *
 * @param error what came with it
 * @param now the present moment
 */
record RateLimit(UpstreamError error, Instant now) {
    private static final Set<Long> PER_DAY = Set.of(QuotaRules.FREE_DAY, QuotaRules.PAID_DAY);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Beyond the end of any minute, even by a clock that is late. */
    private static final Duration FAR = Duration.ofMinutes(2);

    /** Limits on one model, {@code limit_rpm/<model>/…}, or on models that are only shown for a time. */
    private static final Pattern MODELS = Pattern.compile("\\blimit_[rt]p[mhd]/|free-models-per-(?:min|day)-stealth");

    private static final Pattern MODELS_DAY = Pattern.compile("\\blimit_[rt]pd/|free-models-per-day-stealth");
    private static final Pattern PROVIDERS =
            Pattern.compile("temporarily rate-limited upstream", Pattern.CASE_INSENSITIVE);

    /** Whether OpenRouter's own words can only be of such a limit, whatever the status. */
    static boolean isIn(UpstreamError error) {
        return MODELS.matcher(error.message()).find()
                || AccountLimits.spentByWords(error).isPresent();
    }

    /** Whether one model's own limit was reached. */
    static boolean isModels(UpstreamError error) {
        return error.availability().path("code").asText().equals("capacity_exhausted")
                || MODELS.matcher(error.message()).find();
    }

    FailureKind kind() {
        if (error.json().isMissingNode() || isModels(error)) {
            return FailureKind.RATE_LIMITED;
        }
        return AccountLimits.bySource(error)
                .or(() -> AccountLimits.spentByWords(error))
                .orElseGet(() -> isProviders() ? FailureKind.POOL_LIMITED : byHeaders());
    }

    private boolean isProviders() {
        return error.isProviders() || PROVIDERS.matcher(error.words()).find();
    }

    /** OpenRouter sends {@code X-RateLimit-*} headers of its own limits only. */
    private FailureKind byHeaders() {
        if (!showsUsedUp()) {
            return FailureKind.RATE_LIMITED;
        }
        return limit() == QuotaRules.FREE_MINUTE ? FailureKind.MINUTE_SPENT : byReset();
    }

    private boolean showsUsedUp() {
        return limit() > 0
                && error.header("X-RateLimit-Remaining")
                        .flatMap(Decimals::read)
                        .filter(remaining -> remaining.compareTo(BigDecimal.ZERO) > 0)
                        .isEmpty();
    }

    private FailureKind byReset() {
        return new RetryAfter(now)
                .readReset(error)
                .map(reset -> reset.isAfter(now.plus(FAR)) ? FailureKind.DAY_SPENT : FailureKind.MINUTE_SPENT)
                .orElse(PER_DAY.contains(limit()) ? FailureKind.DAY_SPENT : FailureKind.RATE_LIMITED);
    }

    /** How many requests the limit allows; 0 if the headers do not say. */
    long limit() {
        return error.header("X-RateLimit-Limit").map(Decimals::count).orElse(0L);
    }

    /**
     * When an account's limit ends, as the upstream says it; never later than a whole window from now, whatever its clock
     * says.
     */
    Optional<Instant> resetOf(QuotaWindow window) {
        Instant last = now.plus(window == QuotaWindow.MINUTE ? MINUTE : RetryAfter.LONGEST);
        return new RetryAfter(now).readReset(error).map(reset -> reset.isAfter(last) ? last : reset);
    }

    /** When a model's limit by the day ends, which it does not always say; empty for other limits. */
    Optional<Instant> endOfModelsDay() {
        return MODELS_DAY.matcher(error.message()).find()
                ? Optional.of(QuotaWindow.DAY.endAfter(now))
                : Optional.empty();
    }
}

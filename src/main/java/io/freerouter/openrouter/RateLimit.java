package io.freerouter.openrouter;

import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A 429: the account's limit, a provider's or one model's, by the source it names, else by its words, else by who is named
 * and which headers there are. In doubt it is the model's: to ask one more costs a request, to ask none costs the answer.
 *
 * @param error what came with it
 * @param now the present moment
 */
record RateLimit(UpstreamError error, Instant now) {
    /** How many requests to free models an account has, by the minute and by the day. */
    private static final long PER_MINUTE = 20;

    private static final Set<Long> PER_DAY = Set.of(50L, 1000L);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Beyond the end of any minute, even by a clock that is late. */
    private static final Duration FAR = Duration.ofMinutes(2);

    /** Limits on one model, {@code limit_rpm/<model>/…}, or on models that are only shown for a time. */
    private static final Pattern MODELS = Pattern.compile("\\blimit_[rt]p[mhd]/|free-models-per-(?:min|day)-stealth");

    private static final Pattern MODELS_DAY = Pattern.compile("\\blimit_[rt]pd/|free-models-per-day-stealth");
    private static final Pattern ACCOUNTS_MINUTE = Pattern.compile("free-models-per-min");
    private static final Pattern ACCOUNTS_DAY = Pattern.compile("free-models-per-day");
    private static final Pattern PROVIDERS =
            Pattern.compile("temporarily rate-limited upstream|^Provider returned error", Pattern.CASE_INSENSITIVE);

    /** Whether a message of OpenRouter's own can only be of a limit. */
    static boolean isIn(String message) {
        return MODELS.matcher(message).find() || spent(message).isPresent();
    }

    private static Optional<FailureKind> spent(String message) {
        if (ACCOUNTS_MINUTE.matcher(message).find()) {
            return Optional.of(FailureKind.MINUTE_SPENT);
        }
        return ACCOUNTS_DAY.matcher(message).find() ? Optional.of(FailureKind.DAY_SPENT) : Optional.empty();
    }

    FailureKind kind() {
        if (error.json().isMissingNode() || isModels()) {
            return FailureKind.RATE_LIMITED;
        }
        return LimitSource.of(error)
                .map(LimitSource::kind)
                .or(() -> spent(error.message()))
                .orElseGet(() -> isProviders() ? FailureKind.POOL_LIMITED : byHeaders());
    }

    private boolean isModels() {
        return error.availability().path("code").asText().equals("capacity_exhausted")
                || MODELS.matcher(error.message()).find();
    }

    private boolean isProviders() {
        return PROVIDERS.matcher(error.words()).find() || error.isProviders();
    }

    private FailureKind byHeaders() {
        RateHeaders headers = new RateHeaders(error);
        if (!headers.showUsedUp()) {
            return FailureKind.RATE_LIMITED;
        }
        return headers.limit() == PER_MINUTE ? FailureKind.MINUTE_SPENT : byReset(headers);
    }

    private FailureKind byReset(RateHeaders headers) {
        return headers.reset(now)
                .map(reset -> reset.isAfter(now.plus(FAR)) ? FailureKind.DAY_SPENT : FailureKind.MINUTE_SPENT)
                .orElse(PER_DAY.contains(headers.limit()) ? FailureKind.DAY_SPENT : FailureKind.RATE_LIMITED);
    }

    /**
     * When an account's limit is over, as the upstream says it; never later than a whole window from now, whatever its
     * clock says.
     */
    Optional<Instant> resetOf(QuotaWindow window) {
        Instant last = now.plus(window == QuotaWindow.MINUTE ? MINUTE : RestTime.LONGEST);
        return new RateHeaders(error).reset(now).map(reset -> reset.isAfter(last) ? last : reset);
    }

    /** When a model's limit by the day is over, which it does not always say; empty for other limits. */
    Optional<Instant> endOfModelsDay() {
        return MODELS_DAY.matcher(error.message()).find()
                ? Optional.of(QuotaWindow.DAY.endAfter(now))
                : Optional.empty();
    }
}

package io.freerouter.openrouter;

import io.freerouter.failure.FailureKind;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose limit was met, as OpenRouter names it in {@code error.metadata.limit_source} since the autumn of 2026. The names
 * for money are in its <a href="https://openrouter.ai/docs/api-reference/limits">limits</a> page, the others were seen.
 */
enum LimitSource {
    FREE_MINUTE("openrouter_free_tier_per_minute", 429, FailureKind.MINUTE_SPENT),
    FREE_DAY("openrouter_free_tier_daily", 429, FailureKind.DAY_SPENT),
    PROVIDERS_POOL("upstream_provider_shared_pool", 429, FailureKind.POOL_LIMITED),
    /** What one model can do for all of OpenRouter's users. */
    SHARED_CAPACITY("openrouter_shared_capacity", 429, FailureKind.RATE_LIMITED),
    CREDITS("openrouter_credits", 402, FailureKind.ACCOUNT_CREDIT),
    KEY("openrouter_key_limit", 402, FailureKind.ACCOUNT_CREDIT),
    GUARDRAIL("openrouter_guardrail_budget", 402, FailureKind.ACCOUNT_CREDIT),
    WORKSPACE("openrouter_workspace_budget", 402, FailureKind.ACCOUNT_CREDIT),
    /** What runs at this moment costs as much as may be spent at once; it passes. Free models are exempt by the page. */
    IN_FLIGHT("openrouter_in_flight_budget", 402, FailureKind.BUSY);

    private static final Map<String, LimitSource> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(source -> source.name, Function.identity()));

    private final String name;
    private final int status;
    private final FailureKind kind;

    LimitSource(String name, int status, FailureKind kind) {
        this.name = name;
        this.status = status;
        this.kind = kind;
    }

    /** The source an error names; empty if it names none that is known. */
    static Optional<LimitSource> of(UpstreamError error) {
        return Optional.ofNullable(
                BY_NAME.get(error.metadata().path("limit_source").asText()));
    }

    /** The status such an error comes with. */
    int status() {
        return status;
    }

    FailureKind kind() {
        return kind;
    }
}

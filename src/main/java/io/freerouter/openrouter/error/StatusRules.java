package io.freerouter.openrouter.error;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.error.TokenLimits.Finding;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * What an error means: an ordered table, in which the first rule that has something to say counts. Sources: OpenRouter's <a
 * href="https://openrouter.ai/docs/api-reference/errors-and-debugging">errors</a> page for statuses, {@code error_type} and
 * {@code availability}; its <a href="https://openrouter.ai/docs/api-reference/limits">limits</a> page for the account.
 *
 * <p>An error that names a provider is about that provider, whatever its status: the next model may well answer. Only what
 * OpenRouter itself refuses ends a request.
 */
final class StatusRules {
    private enum Speaker {
        ANYBODY,
        OPENROUTER,
        PROVIDER;

        boolean says(UpstreamError error) {
            return this == ANYBODY || (this == PROVIDER) == error.isProviders();
        }
    }

    /**
     * A row of the table.
     *
     * @param statuses the statuses that the row is for
     * @param speaker who must have said it
     * @param kind the meaning; empty if the error says nothing of what the row is about
     */
    private record Rule(IntPredicate statuses, Speaker speaker, Function<UpstreamError, Optional<FailureKind>> kind) {
        Rule(IntPredicate statuses, Speaker speaker, FailureKind kind) {
            this(statuses, speaker, error -> Optional.of(kind));
        }

        Optional<FailureKind> of(int status, UpstreamError error) {
            return statuses.test(status) && speaker.says(error) ? kind.apply(error) : Optional.empty();
        }
    }

    private static final IntPredicate ANY = status -> true;
    private static final IntPredicate CLIENT_ERROR = status -> status / 100 == 4;
    private static final IntPredicate SERVER_ERROR = status -> status / 100 == 5;

    private static List<Rule> rules(Instant now) {
        return List.of(
                // Limits and money.
                new Rule(except(429), Speaker.OPENROUTER, AccountLimits::ofAccount),
                new Rule(only(429), Speaker.ANYBODY, error -> Optional.of(new RateLimit(error, now).kind())),
                new Rule(only(402), Speaker.ANYBODY, error -> Optional.of(AccountLimits.ofPayment(error))),
                new Rule(ANY, Speaker.ANYBODY, StatusRules::byTokenRate),
                // Names and words, because these statuses have several meanings.
                new Rule(only(400, 404, 413, 422), Speaker.OPENROUTER, StatusRules::byNamesAndWords),
                new Rule(only(403), Speaker.OPENROUTER, error -> byAvailability(error)
                        .or(() -> ModelErrorPhrases.gone(error.message()))
                        .or(() -> Optional.of(AccountLimits.ofRefusal(error)))),
                new Rule(only(401, 407), Speaker.PROVIDER, FailureKind.PROVIDER_DENIED),
                // Only a proxy on the way says so (RFC 9110, 15.5.8).
                new Rule(only(407), Speaker.OPENROUTER, FailureKind.UNREACHABLE),
                new Rule(CLIENT_ERROR, Speaker.PROVIDER, StatusRules::byNamesAndWords),
                new Rule(CLIENT_ERROR, Speaker.PROVIDER, error -> ModelErrorPhrases.kindByProvider(error.words())),
                new Rule(SERVER_ERROR, Speaker.PROVIDER, error -> TokenLimits.in(error.words())
                        .map(Finding::kind)),
                // The status alone.
                new Rule(only(404, 410), Speaker.ANYBODY, FailureKind.NOT_FOUND),
                new Rule(only(408, 409, 425, 498, 499), Speaker.ANYBODY, FailureKind.BUSY),
                new Rule(only(413), Speaker.OPENROUTER, FailureKind.TOO_LONG),
                new Rule(CLIENT_ERROR, Speaker.PROVIDER, FailureKind.REFUSED_BY_PROVIDER),
                new Rule(CLIENT_ERROR, Speaker.OPENROUTER, FailureKind.REJECTED),
                new Rule(SERVER_ERROR, Speaker.ANYBODY, FailureKind.SERVER_ERROR));
    }

    /** Errors without a status came inside an answer, so nothing in them ends the request. */
    private static final List<Rule> WITHOUT_STATUS = List.of(
            new Rule(ANY, Speaker.ANYBODY, StatusRules::byTokenRate),
            new Rule(ANY, Speaker.ANYBODY, StatusRules::byNamesAndWords),
            new Rule(ANY, Speaker.PROVIDER, error -> ModelErrorPhrases.kindByProvider(error.words())),
            new Rule(ANY, Speaker.ANYBODY, error -> named(
                            error, "authentication", "authentication_error", "permission_error", "permission_denied")
                    .map(name -> FailureKind.PROVIDER_DENIED)),
            new Rule(ANY, Speaker.ANYBODY, error -> named(error, "not_found", "not_found_error")
                    .map(name -> FailureKind.NOT_FOUND)),
            new Rule(ANY, Speaker.ANYBODY, error -> named(
                            error, "invalid_request", "invalid_request_error", "unprocessable", "bad_request")
                    .map(name -> FailureKind.REFUSED_BY_PROVIDER)),
            new Rule(ANY, Speaker.ANYBODY, FailureKind.SERVER_ERROR));

    /** {@code error_type}s of requests that no model would take. */
    private static final Set<String> FAULTS_OF_THE_REQUEST = Set.of(
            "invalid_prompt",
            "content_policy_violation",
            "refusal",
            "invalid_image",
            "image_too_large",
            "image_too_small",
            "unsupported_image_format",
            "image_download_failed",
            "image_not_found");

    /** {@code error_type}s of requests, or of answers asked for, that are too long for one model. */
    private static final Map<String, FailureKind> LENGTHS = Map.of(
            "context_length_exceeded", FailureKind.TOO_LONG,
            "token_limit_exceeded", FailureKind.TOO_LONG,
            "string_too_long", FailureKind.TOO_LONG,
            "payload_too_large", FailureKind.TOO_LONG,
            "max_tokens_exceeded", FailureKind.OUTPUT_TOO_LONG);

    /** {@code availability.code}s. OpenRouter's alternatives, {@code fallback_models}, cost money and are not read. */
    private static final Map<String, FailureKind> AVAILABILITY = Map.of(
            "model_not_found", FailureKind.NOT_FOUND,
            "no_endpoints", FailureKind.NOT_FOUND,
            "model_deprecated", FailureKind.NOT_FOUND,
            "model_unavailable_upstream", FailureKind.NOT_FOUND,
            "free_variant_ended", FailureKind.NOT_FOUND,
            "region_restricted", FailureKind.NOT_FOUND,
            "privacy_restricted", FailureKind.PRIVACY,
            // Our own filter leaves out only what is not free any more.
            "constraint_filtered", FailureKind.NOT_FOUND);

    /** {@code availability.excluded_by}: what keeps all endpoints of the model out, more exactly than its code. */
    private static final Map<String, FailureKind> EXCLUDED_BY = Map.of(
            "context_length", FailureKind.TOO_LONG,
            "require_parameters", FailureKind.UNSUITED,
            "quantization", FailureKind.UNSUITED,
            "max_price", FailureKind.NOT_FOUND);

    private static final String DATA_POLICY = "data_policy";

    private StatusRules() {}

    /** What an error with this status means. */
    static FailureKind kind(int status, UpstreamError error, Instant now) {
        return first(rules(now), status, error).orElse(FailureKind.MALFORMED);
    }

    /** What an error without a status means: nothing that ends the request. */
    static FailureKind kindWithoutStatus(UpstreamError error) {
        return first(WITHOUT_STATUS, 0, error).map(StatusRules::ofProvider).orElse(FailureKind.SERVER_ERROR);
    }

    private static Optional<FailureKind> first(List<Rule> rules, int status, UpstreamError error) {
        Optional<FailureKind> kind =
                rules.stream().flatMap(rule -> rule.of(status, error).stream()).findFirst();
        return error.isProviders() ? kind.map(StatusRules::ofProvider) : kind;
    }

    /** A refusal that would end the request if OpenRouter said it is only one provider's opinion if a provider says it. */
    private static FailureKind ofProvider(FailureKind kind) {
        return switch (kind) {
            case REJECTED -> FailureKind.REFUSED_BY_PROVIDER;
            case ACCOUNT_CREDIT -> FailureKind.NO_CREDIT;
            default -> kind;
        };
    }

    private static Optional<FailureKind> byNamesAndWords(UpstreamError error) {
        if (error.types().stream().anyMatch(FAULTS_OF_THE_REQUEST::contains)) {
            return Optional.of(FailureKind.REJECTED);
        }
        return byLength(error)
                .or(() -> byAvailability(error))
                .or(() -> AccountLimits.ofPrivacy(error))
                .filter(kind -> kind != FailureKind.PRIVACY || !error.isProviders())
                .or(() -> ModelErrorPhrases.kind(error.words()));
    }

    /** A limit of tokens a minute or day. A request that is too large for it is not too long for other models. */
    private static Optional<FailureKind> byTokenRate(UpstreamError error) {
        return named(error, "rate_limit_exceeded", "rate_limit_error", "rate_limited")
                .map(name -> FailureKind.RATE_LIMITED)
                .or(() -> ModelErrorPhrases.tokenRate(error.words()));
    }

    /** The name tells that something is too long, and the words may tell better what. */
    private static Optional<FailureKind> byLength(UpstreamError error) {
        return named(error, LENGTHS.keySet().toArray(String[]::new))
                .map(name -> TokenLimits.in(error.words()).map(Finding::kind).orElse(LENGTHS.get(name)));
    }

    private static Optional<FailureKind> byAvailability(UpstreamError error) {
        JsonNode availability = error.availability();
        String code = availability.path("code").asText("");
        List<String> reasons = availability
                .path("excluded_by")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        if (AVAILABILITY.get(code) == FailureKind.PRIVACY || isPrivacy(reasons)) {
            return Optional.of(FailureKind.PRIVACY);
        }
        return Stream.concat(
                        reasons.stream().map(EXCLUDED_BY::get), Stream.of(code).map(AVAILABILITY::get))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** If only some endpoints are kept out by the data policy, something else may well be the matter. */
    private static boolean isPrivacy(List<String> reasons) {
        return !reasons.isEmpty() && reasons.stream().allMatch(reason -> reason.startsWith(DATA_POLICY));
    }

    private static Optional<String> named(UpstreamError error, String... names) {
        Set<String> wanted = Set.of(names);
        return error.types().stream().filter(wanted::contains).findFirst();
    }

    private static IntPredicate except(int status) {
        return other -> other != status;
    }

    private static IntPredicate only(int... statuses) {
        return status -> Arrays.stream(statuses).anyMatch(one -> one == status);
    }
}

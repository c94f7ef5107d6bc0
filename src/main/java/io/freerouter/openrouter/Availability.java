package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.failure.FailureKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads an error's {@code availability}, which tells since August 2026 why nobody serves a model, from OpenRouter's <a
 * href="https://openrouter.ai/docs/api-reference/errors-and-debugging">errors</a> page. The models it offers in place of
 * the one that was asked for ({@code fallback_models}) cost money, and are not read.
 */
final class Availability {
    /** By its code, or by what keeps every endpoint out. Our own filter leaves out only what is not free any more. */
    private static final Map<String, FailureKind> KINDS = Map.ofEntries(
            Map.entry("context_length", FailureKind.TOO_LONG),
            Map.entry("require_parameters", FailureKind.UNSUITED),
            Map.entry("quantization", FailureKind.UNSUITED),
            Map.entry("max_price", FailureKind.NOT_FOUND),
            Map.entry("model_not_found", FailureKind.NOT_FOUND),
            Map.entry("no_endpoints", FailureKind.NOT_FOUND),
            Map.entry("model_deprecated", FailureKind.NOT_FOUND),
            Map.entry("model_unavailable_upstream", FailureKind.NOT_FOUND),
            Map.entry("free_variant_ended", FailureKind.NOT_FOUND),
            Map.entry("constraint_filtered", FailureKind.NOT_FOUND));

    private static final String PRIVACY = "privacy_restricted";
    private static final String DATA_POLICY = "data_policy";

    private Availability() {}

    /** What it means for the model; empty if it does not tell. */
    static Optional<FailureKind> kind(JsonNode availability) {
        String code = availability.path("code").asText();
        List<String> reasons = availability
                .path("excluded_by")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        return code.equals(PRIVACY) || isPrivacy(reasons)
                ? Optional.of(FailureKind.PRIVACY)
                : Stream.concat(reasons.stream(), Stream.of(code))
                        .map(KINDS::get)
                        .filter(Objects::nonNull)
                        .findFirst();
    }

    /** If only some endpoints are kept out by it, something else may well be the matter. */
    private static boolean isPrivacy(List<String> reasons) {
        return !reasons.isEmpty() && reasons.stream().allMatch(reason -> reason.startsWith(DATA_POLICY));
    }
}

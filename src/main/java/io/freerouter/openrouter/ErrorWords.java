package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads from an error's names and words whether it speaks against the model alone, as statuses do not tell. The names are
 * OpenRouter's, from its <a href="https://openrouter.ai/docs/api-reference/errors-and-debugging">errors</a> page; the
 * words are its own and its providers', which it passes on.
 */
final class ErrorWords {
    /** {@code error_type}s of requests too long for one model. */
    private static final Set<String> TOO_LONG =
            Set.of("context_length_exceeded", "max_tokens_exceeded", "token_limit_exceeded", "string_too_long");

    /** {@code error_type}s of requests that no model would take. */
    private static final Set<String> CALLERS_FAULT = Set.of(
            "invalid_prompt",
            "content_policy_violation",
            "refusal",
            "invalid_image",
            "image_too_large",
            "image_too_small",
            "unsupported_image_format",
            "image_download_failed",
            "image_not_found");

    /** Codes of {@code availability}, and what keeps every endpoint of a model out by its {@code excluded_by}. */
    private static final Map<String, FailureKind> AVAILABILITY = Map.of(
            "model_not_found", FailureKind.NOT_FOUND,
            "no_endpoints", FailureKind.NOT_FOUND,
            "model_deprecated", FailureKind.NOT_FOUND,
            "model_unavailable_upstream", FailureKind.NOT_FOUND,
            "free_variant_ended", FailureKind.NOT_FOUND,
            "context_length", FailureKind.TOO_LONG,
            "require_parameters", FailureKind.UNSUITED);

    /** More is not read: the point of an error is in its first sentences, and what it quotes may be long. */
    private static final int LONGEST = 4000;

    private ErrorWords() {}

    /** What the error says, whatever its status; empty if its words do not tell. */
    static Optional<FailureKind> kind(JsonNode error) {
        List<String> types = types(error);
        if (types.stream().anyMatch(CALLERS_FAULT::contains)) {
            return Optional.of(FailureKind.REJECTED);
        }
        if (types.stream().anyMatch(TOO_LONG::contains)) {
            return Optional.of(FailureKind.TOO_LONG);
        }
        return availability(error.path("availability")).or(() -> Wording.kind(text(error)));
    }

    private static List<String> types(JsonNode error) {
        return Stream.of(
                        error.path("metadata").path("error_type"),
                        error.path("error_type"),
                        error.path("code"),
                        error.path("type"))
                .map(JsonNode::asText)
                .toList();
    }

    private static Optional<FailureKind> availability(JsonNode availability) {
        List<String> codes = new ArrayList<>();
        availability.path("excluded_by").forEach(reason -> codes.add(reason.asText()));
        codes.add(availability.path("code").asText());
        return codes.stream()
                .map(AVAILABILITY::get)
                .filter(kind -> kind != null)
                .findFirst();
    }

    /** What OpenRouter says and what the provider has said, which is all there is behind "Provider returned error". */
    private static String text(JsonNode error) {
        JsonNode raw = error.path("metadata").path("raw");
        String words =
                error.isTextual() ? error.asText() : error.path("message").asText();
        return cut(words) + "\n" + cut(raw.isTextual() ? raw.asText() : raw.toString());
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}

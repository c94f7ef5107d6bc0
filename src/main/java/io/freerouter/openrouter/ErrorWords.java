package io.freerouter.openrouter;

import io.freerouter.failure.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads from an error's names and words whether it speaks against the model alone, as statuses do not tell. The names are
 * OpenRouter's, from its <a href="https://openrouter.ai/docs/api-reference/errors-and-debugging">errors</a> page; the
 * words are its own and its providers', which it passes on.
 */
final class ErrorWords {
    /** {@code error_type}s of requests too long for one model. */
    private static final Set<String> TOO_LONG = Set.of(
            "context_length_exceeded",
            "max_tokens_exceeded",
            "token_limit_exceeded",
            "string_too_long",
            "payload_too_large");

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

    private ErrorWords() {}

    /** What the error says, whatever its status; empty if its words do not tell. */
    static Optional<FailureKind> kind(UpstreamError error) {
        List<String> types = error.types();
        if (types.stream().anyMatch(CALLERS_FAULT::contains)) {
            return Optional.of(FailureKind.REJECTED);
        }
        if (types.stream().anyMatch(TOO_LONG::contains)) {
            return Optional.of(FailureKind.TOO_LONG);
        }
        return Availability.kind(error.availability())
                .or(() -> DataPolicy.kind(error.message()))
                .or(() -> Wording.kind(error.words()))
                .filter(kind -> kind != FailureKind.PRIVACY || !error.isProviders());
    }
}

package io.freerouter.openrouter;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads which status an error stands for that came with a good one: its code. The documentation has that as a number and,
 * for errors within streams, as a word; where it is none or missing, the account's and the providers' limits are known by
 * their names and words all the same.
 */
final class ErrorStatus {
    private static final Pattern CODE = Pattern.compile("[45][0-9][0-9]");

    private static final Map<String, Integer> NAMES = Map.of(
            "rate_limit_exceeded", 429,
            "rate_limit_error", 429,
            "rate_limited", 429,
            "too_many_requests", 429,
            "payment_required", 402,
            "insufficient_credits", 402);

    private ErrorStatus() {}

    /** The status; empty if nothing tells. */
    static OptionalInt of(UpstreamError error) {
        String code = error.json().path("code").asText();
        return CODE.matcher(code).matches()
                ? OptionalInt.of(Integer.parseInt(code))
                : byName(error).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static Optional<Integer> byName(UpstreamError error) {
        return LimitSource.of(error)
                .map(LimitSource::status)
                .or(() -> error.types().stream()
                        .filter(NAMES::containsKey)
                        .map(NAMES::get)
                        .findFirst())
                .or(() -> byWords(error.message()));
    }

    private static Optional<Integer> byWords(String message) {
        if (RateLimit.isIn(message)) {
            return Optional.of(429);
        }
        if (CreditLimit.isOfKey(message)) {
            return Optional.of(403);
        }
        return DataPolicy.isIn(message) ? Optional.of(404) : Optional.empty();
    }
}

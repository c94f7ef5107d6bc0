package io.freerouter.openrouter;

import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Verdict;
import java.time.Instant;

/** What an error means, by its status and, where that has several meanings, by what else is in it. */
final class ErrorKinds {
    private ErrorKinds() {}

    static FailureKind of(int status, UpstreamError error, Instant now) {
        return switch (status) {
            case 400, 422 -> ErrorWords.kind(error).orElse(FailureKind.REJECTED);
            case 413 -> ErrorWords.kind(error).orElse(FailureKind.TOO_LONG);
            case 402 -> CreditLimit.ofPayment(error);
            case 403 -> CreditLimit.ofRefusal(error);
            case 404 -> ErrorWords.kind(error).orElse(FailureKind.NOT_FOUND);
            case 408, 409 -> FailureKind.BUSY;
            case 429 -> new RateLimit(error, now).kind();
            default -> ofClass(status / 100);
        };
    }

    private static FailureKind ofClass(int hundreds) {
        return switch (hundreds) {
            case 4 -> FailureKind.REJECTED;
            case 5 -> FailureKind.SERVER_ERROR;
            default -> FailureKind.MALFORMED;
        };
    }

    /** What an error without a status means: nothing that the caller would hear of at once. */
    static FailureKind ofUnknownStatus(UpstreamError error) {
        return ErrorWords.kind(error)
                .filter(kind -> kind.verdict() == Verdict.NEXT)
                .orElse(FailureKind.SERVER_ERROR);
    }
}

package io.freerouter.wire;

import io.freerouter.failure.Failure;
import io.freerouter.failure.Refusal.Rejected;

/** Tells of what the upstream refused and no other model would change: the request, or the account. */
final class RejectedWriter {
    private static final String PRIVACY = "The OpenRouter account's privacy settings leave no free model. Allow them at"
            + " https://openrouter.ai/settings/privacy: free endpoints that may train on inputs (model training), and free"
            + " endpoints that may publish prompts (publication).";

    private static final String CREDIT =
            "The OpenRouter account or its key has no credit left, which keeps even free models"
                    + " out: the balance is negative, or the key has reached its limit. See"
                    + " https://openrouter.ai/settings/credits and https://openrouter.ai/settings/keys.";

    private RejectedWriter() {}

    static ErrorReply write(Rejected refusal) {
        return switch (refusal.failure().kind()) {
            case PRIVACY -> account(refusal, 404, PRIVACY, ErrorShape.INVALID_REQUEST, "privacy_settings");
            case ACCOUNT_CREDIT -> account(refusal, 402, CREDIT, ErrorShape.QUOTA, "insufficient_credits");
            default -> request(refusal);
        };
    }

    private static ErrorReply account(Rejected refusal, int status, String message, String type, String code) {
        String words = refusal.failure()
                .reply()
                .flatMap(UpstreamWords::of)
                .map(said -> " OpenRouter says: " + said)
                .orElse("");
        RetryHeaders headers = RetryHeaders.never().attempts(refusal.attempts());
        return new ErrorShape(message + words, type, null, code).reply(status, headers);
    }

    /** The upstream knows best what was wrong with the request: its own words go through. */
    private static ErrorReply request(Rejected refusal) {
        int status = status(refusal.failure());
        RetryHeaders headers = RetryHeaders.silent().attempts(refusal.attempts());
        return refusal.failure()
                .reply()
                .map(reply -> new ErrorReply(status, reply.contentType(), reply.body(), headers.headers()))
                .orElseGet(() -> shape(refusal, status).reply(status, headers));
    }

    private static ErrorShape shape(Rejected refusal, int status) {
        String message = "The upstream refused the request: " + refusal.model() + " ("
                + refusal.failure().cause() + ").";
        return new ErrorShape(message, ErrorShape.typeOf(status), null, "upstream_rejected");
    }

    /** A code that came inside a good response may be any number. */
    private static int status(Failure failure) {
        int status = failure.status().orElse(RefusalWriter.BAD_GATEWAY);
        return status >= 400 && status <= 599 ? status : RefusalWriter.BAD_GATEWAY;
    }
}

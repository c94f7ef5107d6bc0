package io.freerouter.wire;

import io.freerouter.failure.Attempt;
import io.freerouter.failure.Refusal.Alike;
import java.util.List;

/** Tells what several models refused alike, and what to change about it. */
final class AlikeWriter {
    private static final String NOT_PRIVATE =
            "The request wants nobody to keep what it sends, and no free model asked is"
                    + " hosted like that: %s. Most who serve for nothing keep it. Leave out provider.data_collection and provider.zdr,"
                    + " X-FreeRouter-Data-Collection and freerouter.privacy.data-collection, whichever says so, or see what the"
                    + " account itself lets in at https://openrouter.ai/settings/privacy.";

    private static final String NO_CREDIT = "Every free model asked wants credit: %s. If none answers for long, that is"
            + " the account's: see https://openrouter.ai/settings/credits.";

    private static final String UNSUITED = "No free model asked takes the request as it is: %s. Leave out what few can"
            + " do, such as a rare parameter or what provider demands, or name a model that can.";

    private AlikeWriter() {}

    static ErrorReply write(Alike refusal) {
        List<Attempt> attempts = refusal.attempts();
        return switch (refusal.reason()) {
            case NOT_PRIVATE -> reply(404, NOT_PRIVATE, ErrorShape.INVALID_REQUEST, "privacy_settings", attempts);
            case NO_CREDIT -> reply(402, NO_CREDIT, ErrorShape.QUOTA, "insufficient_credits", attempts);
            default -> reply(400, UNSUITED, ErrorShape.INVALID_REQUEST, "no_suitable_model", attempts);
        };
    }

    private static ErrorReply reply(int status, String message, String type, String code, List<Attempt> attempts) {
        ErrorShape shape = new ErrorShape(message.formatted(AttemptList.words(attempts)), type, null, code);
        return shape.reply(status, RetryHeaders.never().attempts(attempts.size()), AttemptList.member(attempts));
    }
}

package io.freerouter.openrouter;

import io.freerouter.failure.FailureKind;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The sentences in which OpenRouter says that the privacy settings leave no endpoint of a model, in its older form without
 * {@code availability}.
 */
final class DataPolicy {
    private static final Pattern WORDS =
            Pattern.compile("matching your (?:guardrail restrictions|data policy)", Pattern.CASE_INSENSITIVE);

    /** Setting for models that cost money: whoever meets it is not free any more. */
    private static final Pattern OF_PAID =
            Pattern.compile("paid model (?:training|publication)", Pattern.CASE_INSENSITIVE);

    private static final Pattern OF_FREE =
            Pattern.compile("free model (?:training|publication)", Pattern.CASE_INSENSITIVE);

    private DataPolicy() {}

    /** Whether such a sentence is in a message of OpenRouter's own. */
    static boolean isIn(String message) {
        return WORDS.matcher(message).find();
    }

    /** What it means; empty if there is no such sentence. */
    static Optional<FailureKind> kind(String message) {
        return Optional.of(isOnlyOfPaid(message) ? FailureKind.NOT_FOUND : FailureKind.PRIVACY)
                .filter(kind -> isIn(message));
    }

    private static boolean isOnlyOfPaid(String message) {
        return OF_PAID.matcher(message).find() && !OF_FREE.matcher(message).find();
    }
}

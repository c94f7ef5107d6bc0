package io.freerouter.wire;

import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal.QuotaSpent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells that the account has had its requests. A minute passes while a client waits; a day does not, and an agent that took it
 * for a passing fault would ask until midnight.
 */
final class QuotaSpentWriter {
    private static final int TOO_MANY_REQUESTS = 429;
    /** What an account has a day that has never bought 10 credits (https://openrouter.ai/docs/api-reference/limits). */
    private static final long SMALL_DAY = 50;

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private QuotaSpentWriter() {}

    static ErrorReply write(QuotaSpent spent, Instant now) {
        ErrorShape shape = new ErrorShape(message(spent), type(spent.window()), null, code(spent.window()));
        RetryHeaders headers =
                headers(spent.window()).attempts(spent.attempts()).after(Optional.of(spent.resetsAt()), now);
        return shape.reply(TOO_MANY_REQUESTS, headers);
    }

    private static String type(QuotaWindow window) {
        return switch (window) {
            case MINUTE -> ErrorShape.REQUESTS;
            case DAY -> ErrorShape.QUOTA;
        };
    }

    private static String code(QuotaWindow window) {
        return switch (window) {
            case MINUTE -> ErrorShape.TOO_MANY;
            case DAY -> "daily_quota_exceeded";
        };
    }

    private static RetryHeaders headers(QuotaWindow window) {
        return switch (window) {
            case MINUTE -> RetryHeaders.again();
            case DAY -> RetryHeaders.never();
        };
    }

    private static String message(QuotaSpent spent) {
        String reset = UTC.format(spent.resetsAt());
        return switch (spent.window()) {
            case MINUTE ->
                "The OpenRouter account has had all its requests to free models of this minute" + limit(spent, "minute")
                        + ". There are more at " + reset + ".";
            case DAY ->
                "The OpenRouter account has had all its requests to free models of this day" + limit(spent, "day")
                        + ". This is not a passing fault: there are no more before " + reset + "." + advice(spent);
        };
    }

    private static String limit(QuotaSpent spent, String window) {
        return spent.limit().isPresent() ? " (" + spent.limit().getAsLong() + " a " + window + ")" : "";
    }

    private static String advice(QuotaSpent spent) {
        return spent.limit().orElse(SMALL_DAY) == SMALL_DAY
                ? " An account that has ever bought 10 credits has 1000 a day instead of 50."
                : "";
    }
}

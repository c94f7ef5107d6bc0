package io.freerouter.reply;

import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal.QuotaSpent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The error of a used-up minute or day. A client can wait for the next minute, but not for the next day. An agent that took a
 * used-up day for a passing fault would repeat its request until midnight.
 */
final class QuotaSpentError {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The daily requests of an account that has never bought 10 credits (https://openrouter.ai/docs/api-reference/limits). */
    private static final long SMALL_DAY = 50;

    private QuotaSpentError() {}

    /** @param now the present moment */
    static ErrorResponse of(QuotaSpent refusal, Instant now) {
        boolean day = refusal.window() == QuotaWindow.DAY;
        OpenAiError error = new OpenAiError(
                day ? daySpent(refusal) : minuteSpent(refusal),
                day ? RefusalWriter.QUOTA : OpenAiError.REQUESTS,
                null,
                day ? "daily_quota_exceeded" : RefusalWriter.TOO_MANY);
        RetryHeaders headers = day ? RetryHeaders.never() : RetryHeaders.again();
        return error.reply(429, headers.attempts(refusal.attempts()).after(Optional.of(refusal.resetsAt()), now));
    }

    private static String minuteSpent(QuotaSpent refusal) {
        return "The OpenRouter account has used up its requests to free models for this minute"
                + limit(refusal, "minute") + ". Send the request again after " + UTC.format(refusal.resetsAt()) + ".";
    }

    private static String daySpent(QuotaSpent refusal) {
        String more = refusal.limit().orElse(SMALL_DAY) == SMALL_DAY
                ? " An account that has ever bought 10 credits gets 1000 requests a day instead of 50."
                : "";
        return "The OpenRouter account has used up its requests to free models for this day" + limit(refusal, "day")
                + ". Do not send the request again before " + UTC.format(refusal.resetsAt())
                + ": until then every request is refused." + more;
    }

    private static String limit(QuotaSpent refusal, String window) {
        return refusal.limit().isPresent() ? " (" + refusal.limit().getAsLong() + " a " + window + ")" : "";
    }
}

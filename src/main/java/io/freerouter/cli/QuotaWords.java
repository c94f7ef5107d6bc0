package io.freerouter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Says how much of a quota is used. */
final class QuotaWords {
    private QuotaWords() {}

    /** A minute or a day of {@code GET /v1/quota}, for example {@code 3 of 20 requests used, full again in 41 s}. */
    static String sentence(JsonNode window) {
        String used = window.path("limit").isNumber()
                ? window.path("used").asLong() + " of " + window.path("limit").asLong() + " requests used"
                : window.path("used").asLong() + " requests used, limit not known";
        long seconds = window.path("resets_in_seconds").asLong();
        return seconds == 0 ? used : used + ", full again in " + words(Duration.ofSeconds(seconds));
    }

    /** Whether nothing is left of a minute or a day. */
    static boolean isUsedUp(JsonNode window) {
        return window.path("limit").isNumber()
                && window.path("used").asLong() >= window.path("limit").asLong();
    }

    private static String words(Duration time) {
        if (time.toMinutes() < 2) {
            return time.toSeconds() + " s";
        }
        return time.toHours() == 0 ? time.toMinutes() + " min" : time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}

package io.freerouter.reply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.routing.QuotaForecast;
import io.freerouter.routing.QuotaState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Writes how much of the account's quota is used up: as JSON, and in the headers of every answer. */
public final class QuotaJson {
    /** Both limits, as a list with parameters (RFC 8941, 3.1); {@code reset} in seconds. */
    static final String QUOTA = "X-FreeRouter-Quota";

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private QuotaJson() {}

    /** The whole state as JSON, with a forecast for the day. */
    public static String json(QuotaState state, QuotaForecast forecast, Instant now) {
        ObjectNode json = JsonObjects.template("{\"object\": \"quota\"}");
        json.set("minute", window(state.minute(), now));
        json.set("day", window(state.day(), now));
        json.put("low", state.isLow());
        json.putObject("forecast")
                .put("requests_per_hour", Math.round(forecast.perHour() * 10) / 10.0)
                .put("empty_at", forecast.emptyAt().map(Instant::toString).orElse(null))
                .put("text", words(state, forecast));
        return json.toString();
    }

    /** The forecast in words for people, as a sentence. */
    public static String words(QuotaState state, QuotaForecast forecast) {
        QuotaState.Window day = state.day();
        if (day.limit().isEmpty()) {
            return "The day has no known limit.";
        }
        if (day.remaining().orElse(1) == 0) {
            return "The day's requests are used up until " + time(day.resetsAt()) + ".";
        }
        if (forecast.perHour() == 0) {
            return "No requests were made in the last half hour.";
        }
        return forecast.emptyAt()
                .map(at -> "At this pace empty at " + time(at) + ".")
                .orElse("At this pace the requests last until the day ends.");
    }

    private static String time(Instant at) {
        return CLOCK.format(at.atOffset(ZoneOffset.UTC)) + " UTC";
    }

    private static ObjectNode window(QuotaState.Window window, Instant now) {
        return JsonObjects.template("{}")
                .put("used", window.used())
                .put("limit", orNull(window.limit()))
                .put("remaining", orNull(window.remaining()))
                .put("resets_at", window.resetsAt().toString())
                .put("resets_in_seconds", seconds(window, now));
    }

    private static Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    /**
     * The state as headers: our own with both limits, and OpenAI's (https://platform.openai.com/docs/guides/rate-limits) with
     * the limit that is nearer to its end.
     */
    public static Map<String, String> headers(QuotaState state, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(QUOTA, item("minute", state.minute(), now) + ", " + item("day", state.day(), now));
        nearer(state).ifPresent(window -> {
            headers.put("x-ratelimit-limit-requests", text(window.limit()));
            headers.put("x-ratelimit-remaining-requests", text(window.remaining()));
            headers.put("x-ratelimit-reset-requests", seconds(window, now) + "s");
        });
        return headers;
    }

    private static String item(String name, QuotaState.Window window, Instant now) {
        String limit = window.limit().isEmpty()
                ? ""
                : ";limit=" + text(window.limit()) + ";remaining=" + text(window.remaining());
        return name + ";used=" + window.used() + limit + ";reset=" + seconds(window, now);
    }

    private static Optional<QuotaState.Window> nearer(QuotaState state) {
        return Stream.of(state.minute(), state.day())
                .filter(window -> window.limit().isPresent())
                .min(Comparator.comparingDouble(QuotaJson::share));
    }

    private static double share(QuotaState.Window window) {
        return (double) window.remaining().orElse(0) / window.limit().orElse(1);
    }

    private static String text(OptionalLong number) {
        return Long.toString(number.orElse(0));
    }

    private static long seconds(QuotaState.Window window, Instant now) {
        return Math.max(0, roundedUp(Duration.between(now, window.resetsAt())));
    }

    /** Whole seconds, rounded up, so that nobody comes too early. */
    static long roundedUp(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }
}

package io.freerouter.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.freerouter.routing.QuotaState;
import io.freerouter.routing.WindowState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Tells how much of the account's quota is used up: as JSON, and in the headers of every answer. */
public final class QuotaWriter {
    /** Both limits, as a list with parameters (RFC 8941, 3.1); {@code reset} in seconds. */
    static final String QUOTA = "X-FreeRouter-Quota";

    private QuotaWriter() {}

    /** The whole state as JSON. */
    public static String json(QuotaState state, Instant now) {
        return JsonWriter.object(json -> {
            json.writeStringField("object", "quota");
            window(json, "minute", state.minute(), now);
            window(json, "day", state.day(), now);
            json.writeBooleanField("low", state.isLow());
        });
    }

    private static void window(JsonGenerator json, String name, WindowState window, Instant now) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("used", window.used());
        number(json, "limit", window.limit());
        number(json, "remaining", window.remaining());
        json.writeStringField("resets_at", window.resetsAt().toString());
        json.writeNumberField("resets_in_seconds", seconds(window, now));
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, OptionalLong number) throws IOException {
        json.writeFieldName(name);
        if (number.isPresent()) {
            json.writeNumber(number.getAsLong());
        } else {
            json.writeNull();
        }
    }

    /**
     * The state as headers: our own with both limits, and OpenAI's (https://platform.openai.com/docs/guides/rate-limits) with
     * the one that is nearer to its end.
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

    private static String item(String name, WindowState window, Instant now) {
        String limit = window.limit().isEmpty()
                ? ""
                : ";limit=" + text(window.limit()) + ";remaining=" + text(window.remaining());
        return name + ";used=" + window.used() + limit + ";reset=" + seconds(window, now);
    }

    private static Optional<WindowState> nearer(QuotaState state) {
        return Stream.of(state.minute(), state.day())
                .filter(window -> window.limit().isPresent())
                .min(Comparator.comparingDouble(QuotaWriter::share));
    }

    private static double share(WindowState window) {
        return (double) window.remaining().orElse(0) / window.limit().orElse(1);
    }

    private static String text(OptionalLong number) {
        return Long.toString(number.orElse(0));
    }

    /** Rounded up, so that whoever comes then is not too early. */
    private static long seconds(WindowState window, Instant now) {
        Duration left = Duration.between(now, window.resetsAt());
        return Math.max(0, left.plusSeconds(1).minusNanos(1).toSeconds());
    }
}

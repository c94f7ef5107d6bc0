package io.freerouter.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.routing.QuotaForecast;
import io.freerouter.routing.QuotaState;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuotaJsonTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.500Z");
    private static final QuotaState.Window MINUTE =
            new QuotaState.Window(5, OptionalLong.of(20), Instant.parse("2026-11-25T12:00:31.501Z"));
    private static final QuotaState.Window DAY =
            new QuotaState.Window(45, OptionalLong.of(50), Instant.parse("2026-11-26T00:00:00Z"));
    private static final Instant EMPTY = Instant.parse("2026-11-25T15:40:00Z");
    private static final QuotaState.Window UNKNOWN = new QuotaState.Window(7, OptionalLong.empty(), NOW);

    @Test
    void both_limits_are_told_as_json() {
        assertThat(QuotaJson.json(new QuotaState(MINUTE, DAY), new QuotaForecast(1.23, Optional.of(EMPTY)), NOW))
                .isEqualTo("{\"object\":\"quota\","
                        + "\"minute\":{\"used\":5,\"limit\":20,\"remaining\":15,"
                        + "\"resets_at\":\"2026-11-25T12:00:31.501Z\",\"resets_in_seconds\":32},"
                        + "\"day\":{\"used\":45,\"limit\":50,\"remaining\":5,"
                        + "\"resets_at\":\"2026-11-26T00:00:00Z\",\"resets_in_seconds\":43200},"
                        + "\"low\":true,"
                        + "\"forecast\":{\"requests_per_hour\":1.2,\"empty_at\":\"2026-11-25T15:40:00Z\","
                        + "\"text\":\"At this pace empty at 15:40 UTC.\"}}");
    }

    @Test
    void the_forecast_is_told_in_words() {
        QuotaState left = new QuotaState(MINUTE, DAY);
        QuotaState.Window spent = new QuotaState.Window(50, OptionalLong.of(50), DAY.resetsAt());

        assertThat(QuotaJson.words(left, new QuotaForecast(0.1, Optional.empty())))
                .isEqualTo("At this pace the requests last until the day ends.");
        assertThat(QuotaJson.words(left, QuotaForecast.NONE)).isEqualTo("No requests were made in the last half hour.");
        assertThat(QuotaJson.words(new QuotaState(MINUTE, spent), new QuotaForecast(9, Optional.of(NOW))))
                .isEqualTo("The day's requests are used up until 00:00 UTC.");
        assertThat(QuotaJson.words(new QuotaState(UNKNOWN, UNKNOWN), new QuotaForecast(9, Optional.empty())))
                .isEqualTo("The day has no known limit.");
    }

    @Test
    void a_limit_that_is_not_known_is_null() {
        assertThat(QuotaJson.json(new QuotaState(UNKNOWN, UNKNOWN), QuotaForecast.NONE, NOW))
                .contains("\"used\":7,\"limit\":null,\"remaining\":null")
                .contains("\"low\":false");
    }

    @Test
    void headers_tell_both_limits_and_in_openais_words_the_nearer_one() {
        assertThat(QuotaJson.headers(new QuotaState(MINUTE, DAY), NOW))
                .containsEntry(
                        "X-FreeRouter-Quota",
                        "minute;used=5;limit=20;remaining=15;reset=32, day;used=45;limit=50;remaining=5;reset=43200")
                .containsEntry("x-ratelimit-limit-requests", "50")
                .containsEntry("x-ratelimit-remaining-requests", "5")
                .containsEntry("x-ratelimit-reset-requests", "43200s");
    }

    @Test
    void without_a_limit_only_what_is_used_is_told() {
        assertThat(QuotaJson.headers(new QuotaState(UNKNOWN, UNKNOWN), NOW))
                .containsOnlyKeys("X-FreeRouter-Quota")
                .containsEntry("X-FreeRouter-Quota", "minute;used=7;reset=0, day;used=7;reset=0");
    }
}

package io.freerouter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.routing.QuotaState;
import io.freerouter.routing.WindowState;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuotaWriterTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.500Z");
    private static final WindowState MINUTE =
            new WindowState(5, OptionalLong.of(20), Instant.parse("2026-11-25T12:00:31.501Z"));
    private static final WindowState DAY =
            new WindowState(45, OptionalLong.of(50), Instant.parse("2026-11-26T00:00:00Z"));
    private static final WindowState UNKNOWN = new WindowState(7, OptionalLong.empty(), NOW);

    @Test
    void both_limits_are_told_as_json() {
        assertThat(QuotaWriter.json(new QuotaState(MINUTE, DAY), NOW))
                .isEqualTo("{\"object\":\"quota\","
                        + "\"minute\":{\"used\":5,\"limit\":20,\"remaining\":15,"
                        + "\"resets_at\":\"2026-11-25T12:00:31.501Z\",\"resets_in_seconds\":32},"
                        + "\"day\":{\"used\":45,\"limit\":50,\"remaining\":5,"
                        + "\"resets_at\":\"2026-11-26T00:00:00Z\",\"resets_in_seconds\":43200},"
                        + "\"low\":true}");
    }

    @Test
    void a_limit_that_is_not_known_is_null() {
        assertThat(QuotaWriter.json(new QuotaState(UNKNOWN, UNKNOWN), NOW))
                .contains("\"used\":7,\"limit\":null,\"remaining\":null")
                .contains("\"low\":false");
    }

    @Test
    void headers_tell_both_limits_and_in_openais_words_the_nearer_one() {
        assertThat(QuotaWriter.headers(new QuotaState(MINUTE, DAY), NOW))
                .containsEntry(
                        "X-FreeRouter-Quota",
                        "minute;used=5;limit=20;remaining=15;reset=32, day;used=45;limit=50;remaining=5;reset=43200")
                .containsEntry("x-ratelimit-limit-requests", "50")
                .containsEntry("x-ratelimit-remaining-requests", "5")
                .containsEntry("x-ratelimit-reset-requests", "43200s");
    }

    @Test
    void without_a_limit_only_what_is_used_is_told() {
        assertThat(QuotaWriter.headers(new QuotaState(UNKNOWN, UNKNOWN), NOW))
                .containsOnlyKeys("X-FreeRouter-Quota")
                .containsEntry("X-FreeRouter-Quota", "minute;used=7;reset=0, day;used=7;reset=0");
    }
}

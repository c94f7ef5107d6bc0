package io.freerouter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaSpentWriterTest {
    private static final Instant NOW = Instant.parse("2026-11-25T04:37:12.5Z");

    private static ErrorReply reply(QuotaWindow window, OptionalLong limit, Instant resetsAt) {
        return RefusalWriter.refusal(new Refusal.QuotaSpent(window, limit, resetsAt, 2), NOW);
    }

    private static String day(OptionalLong limit) {
        return reply(QuotaWindow.DAY, limit, QuotaWindow.DAY.endAfter(NOW)).body();
    }

    @Test
    void a_spent_minute_is_waited_for() {
        ErrorReply reply = reply(QuotaWindow.MINUTE, OptionalLong.of(20), QuotaWindow.MINUTE.endAfter(NOW));
        assertThat(reply)
                .isEqualTo(new ErrorReply(
                        429,
                        "application/json",
                        "{\"error\":{\"message\":\"The OpenRouter account has had all its requests to free models of this"
                                + " minute (20 a minute). There are more at 2026-11-25 04:38:00 UTC.\",\"type\":\"requests\","
                                + "\"param\":null,\"code\":\"rate_limit_exceeded\"}}",
                        Map.of("Retry-After", "48", "x-should-retry", "true", "X-FreeRouter-Attempts", "2")));
    }

    @Test
    void a_spent_day_is_not() {
        ErrorReply reply = reply(QuotaWindow.DAY, OptionalLong.of(50), QuotaWindow.DAY.endAfter(NOW));
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.headers())
                .isEqualTo(Map.of("Retry-After", "69768", "x-should-retry", "false", "X-FreeRouter-Attempts", "2"));
        assertThat(reply.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"The OpenRouter account has had all its requests to free models of this day"
                                + " (50 a day). This is not a passing fault: there are no more before 2026-11-26 00:00:00 UTC. An"
                                + " account that has ever bought 10 credits has 1000 a day instead of 50.\","
                                + "\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"daily_quota_exceeded\"}}");
    }

    @Test
    void an_unknown_limit_is_not_told() {
        assertThat(day(OptionalLong.empty())).contains("of this day. This", "1000 a day");
    }

    @Test
    void who_has_more_than_50_a_day_is_not_told_to_buy() {
        assertThat(day(OptionalLong.of(1000))).contains("(1000 a day)").doesNotContain("credits");
    }

    @ParameterizedTest
    @CsvSource({"-60000, 1", "0, 1", "1, 1", "1000, 1", "1001, 2"})
    void retry_after_is_exact_and_at_least_a_second(long millis, String seconds) {
        assertThat(reply(QuotaWindow.MINUTE, OptionalLong.empty(), NOW.plusMillis(millis))
                        .headers())
                .containsEntry("Retry-After", seconds);
    }
}

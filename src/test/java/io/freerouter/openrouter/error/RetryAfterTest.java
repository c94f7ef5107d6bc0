package io.freerouter.openrouter.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.freerouter.openrouter.json.ExactJson;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant LATEST = Instant.parse("2026-11-23T10:01:00Z");

    @ParameterizedTest
    @CsvSource({"5, 5000", "' 5 ', 5000", "1.5, 1500", "0.001, 1", "1e2, 100000", "86460, 86460000"})
    void retry_after_may_be_seconds(String value, long millis) {
        assertThat(fromHeaders(Map.of("retry-after", value))).contains(NOW.plusMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 22 Nov 2026 10:00:30 GMT", "Sunday, 22-Nov-26 10:00:30 GMT", "Sun Nov 22 10:00:30 2026"})
    void retry_after_may_be_a_date_in_any_of_the_three_forms(String value) {
        assertThat(fromHeaders(Map.of("retry-after", value))).contains(NOW.plusSeconds(30));
    }

    @Test
    void a_date_may_have_a_day_of_one_digit() {
        Instant now = Instant.parse("2026-11-05T23:59:00Z");
        assertThat(new RetryAfter(now).read(error(name -> "Fri Nov  6 00:00:00 2026", "{}")))
                .contains(Instant.parse("2026-11-06T00:00:00Z"));
    }

    @Test
    void retry_after_ms_is_milliseconds() {
        assertThat(fromHeaders(Map.of("retry-after-ms", "1500"))).contains(NOW.plusMillis(1500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1795341660000", "1795341660", "60", "60.0", "1795341660.0", "1.79534166E12"})
    void a_reset_is_milliseconds_or_seconds_since_1970_or_seconds_from_now(String value) {
        assertThat(fromHeaders(Map.of("x-ratelimit-reset", value))).contains(NOW.plusSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "-5",
                "0",
                "0.0001",
                "NaN",
                "Infinity",
                "0x10",
                "5s",
                "5, 6",
                ".",
                "1e-999999999",
                "Sat, 21 Nov 2026 10:00:00 GMT",
                "Sun, 32 Nov 2026 10:00:00 GMT"
            })
    void what_is_past_or_makes_no_sense_is_passed_over(String value) {
        assertThat(fromHeaders(Map.of("retry-after", value))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1495341660000", "1495341660", "-60", "0"})
    void a_reset_in_the_past_is_passed_over(String value) {
        assertThat(fromHeaders(Map.of("x-ratelimit-reset", value))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"86461", "31536000", "99999999999999999999999999", "1e999999999", "Wed, 22 Nov 2028 10:00:00 GMT"
            })
    void nothing_cools_down_longer_than_the_daily_limit_can(String value) {
        assertThat(fromHeaders(Map.of("retry-after", value))).contains(LATEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1995341660000", "1995341660", "999999999", "99999999999999999999999999", "1e999999999"})
    void no_reset_is_further_away_than_that_of_the_daily_limit(String value) {
        assertThat(fromHeaders(Map.of("x-ratelimit-reset", value))).contains(LATEST);
    }

    @Test
    void the_first_source_that_makes_sense_counts() {
        assertThat(fromHeaders(Map.of("retry-after", "0", "retry-after-ms", "x", "x-ratelimit-reset", "9")))
                .contains(NOW.plusSeconds(9));
    }

    @Test
    void retry_after_counts_more_than_the_reset() {
        assertThat(fromHeaders(Map.of("retry-after", "3", "x-ratelimit-reset", "9")))
                .contains(NOW.plusSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'X-RateLimit-Limit':'20','X-RateLimit-Remaining':'0','X-RateLimit-Reset':'1795341660000'}",
                "{'x-ratelimit-reset':1795341660000}",
                "{'X-RATELIMIT-RESET':1.79534166e12}",
                "{'RETRY-AFTER':60}",
                "{'Retry-After':'Sun, 22 Nov 2026 10:01:00 GMT'}",
                "{'retry-after-ms':60000}"
            })
    void the_headers_may_be_inside_the_error(String headers) {
        assertThat(fromError("{'metadata':{'headers':" + headers + "}}")).contains(NOW.plusSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'availability':{'code':'capacity_exhausted','retry_after':8}}",
                "{'availability':{'retry_after':'8'},'metadata':{'retry_after':9}}",
                "{'metadata':{'retry_after':8.0}}",
                "{'metadata':{'retry_after_seconds':8}}",
                "{'metadata':{'headers':{'X-RateLimit-Reset':'later'},'retry_after':8}}"
            })
    void the_error_may_say_after_how_many_seconds(String error) {
        assertThat(fromError(error)).contains(NOW.plusSeconds(8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'metadata':null}",
                "{'metadata':'x','availability':[]}",
                "{'metadata':{'headers':['Retry-After'],'retry_after':{}}}",
                "{'metadata':{'headers':{'Retry-After':[5],'X-RateLimit-Reset':null}}}"
            })
    void an_error_of_another_shape_says_nothing(String error) {
        assertThat(fromError(error)).isEmpty();
    }

    private static Optional<Instant> fromHeaders(Map<String, String> headers) {
        return new RetryAfter(NOW).read(error(name -> headers.get(name.toLowerCase(Locale.ROOT)), "{}"));
    }

    private static Optional<Instant> fromError(String error) {
        return new RetryAfter(NOW).read(error(name -> null, error));
    }

    private static UpstreamError error(Function<String, String> headers, String json) {
        return new UpstreamError(
                ExactJson.object(json.replace('\'', '\"')).orElseThrow(), MissingNode.getInstance(), headers);
    }
}

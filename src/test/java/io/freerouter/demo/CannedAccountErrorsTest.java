package io.freerouter.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CannedAnswers of refusals that are about the account. */
class CannedAccountErrorsTest extends ScriptPlaying {
    private static final Instant RESET = Instant.parse("2026-11-23T00:00:00Z");

    private static JsonObject error(HttpResponse<String> response) {
        return new JsonObject(response.body()).getJsonObject("error");
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of(
                        CannedTestAnswers.accountMinuteSpent(20, RESET),
                        20,
                        "per-min",
                        "openrouter_free_tier_per_minute"),
                Arguments.of(
                        CannedTestAnswers.accountDaySpent(50, RESET), 50, "per-day. Add", "openrouter_free_tier_daily"),
                Arguments.of(
                        CannedTestAnswers.accountDaySpent(1000, RESET),
                        1000,
                        "high-balance",
                        "openrouter_free_tier_daily"));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void a_limit_tells_its_source_its_size_and_its_end(AnswerScript script, int limit, String words, String source)
            throws Exception {
        HttpResponse<String> response = play(script, false);
        JsonObject error = error(response);
        JsonObject headers = error.getJsonObject("metadata").getJsonObject("headers");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(error.getString("message")).contains(words);
        assertThat(error.getJsonObject("metadata").getString("limit_source")).isEqualTo(source);
        assertThat(headers.getString("X-RateLimit-Limit")).isEqualTo(Integer.toString(limit));
        assertThat(headers.getString("X-RateLimit-Reset")).isEqualTo(Long.toString(RESET.toEpochMilli()));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(CannedTestAnswers.accountCreditSpent(), 402, "Insufficient credits"),
                Arguments.of(CannedTestAnswers.keySpent(), 402, "openrouter_key_limit"),
                Arguments.of(CannedTestAnswers.keyRefused(), 403, "Key limit exceeded"),
                Arguments.of(CannedTestAnswers.privacyRestricted(), 404, "privacy_restricted"),
                Arguments.of(CannedAnswers.wantsCredit(), 402, "can only afford"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refusal_has_its_status_and_its_reason(AnswerScript script, int status, String reason) throws Exception {
        HttpResponse<String> response = play(script, false);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(error(response).encode()).contains(reason);
    }

    @Test
    void a_pool_is_a_providers() throws Exception {
        JsonObject error = error(play(CannedTestAnswers.poolLimited("Somebody"), false));
        assertThat(error.getJsonObject("metadata").getString("provider_name")).isEqualTo("Somebody");
    }
}

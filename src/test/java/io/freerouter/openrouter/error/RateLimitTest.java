package io.freerouter.openrouter.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.json.ExactJson;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:20Z");
    private static final Instant MINUTE_END = Instant.parse("2026-11-22T10:01:00Z");
    private static final Instant DAY_END = Instant.parse("2026-11-23T00:00:00Z");

    private final FailureReader reader = new FailureReader(text -> text);

    private Failure read(Map<String, String> headers, String error) {
        String body = ("{'error':" + error + "}").replace('\'', '"');
        return reader.read(429, headers::get, "application/json", body, NOW);
    }

    private Failure read(String error) {
        return read(Map.of(), error);
    }

    private Failure inside(String answer) {
        return Errors.inside(reader, ExactJson.object(answer.replace('\'', '"')).orElseThrow(), NOW)
                .orElseThrow();
    }

    private static Map<String, String> headers(String limit, String remaining, Instant reset) {
        return Map.of(
                "X-RateLimit-Limit",
                limit,
                "X-RateLimit-Remaining",
                remaining,
                "X-RateLimit-Reset",
                Long.toString(reset.toEpochMilli()));
    }

    @ParameterizedTest
    @CsvSource({
        "openrouter_free_tier_per_minute, MINUTE_SPENT",
        "openrouter_free_tier_daily, DAY_SPENT",
        "upstream_provider_shared_pool, POOL_LIMITED",
        "openrouter_shared_capacity, RATE_LIMITED",
        "openrouter_key_limit, ACCOUNT_CREDIT",
        "openrouter_workspace_budget, ACCOUNT_CREDIT",
        "something_new, RATE_LIMITED"
    })
    void the_source_of_the_limit_tells(String source, FailureKind kind) {
        assertThat(read("{'message':'No','metadata':{'limit_source':'" + source + "'}}")
                        .kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "Rate limit exceeded: free-models-per-min, MINUTE_SPENT",
        "Rate limit exceeded: free-models-per-day. Add credits, DAY_SPENT",
        "Rate limit exceeded: free-models-per-day-high-balance, DAY_SPENT",
        "Rate limit exceeded: free-models-per-day-stealth, RATE_LIMITED",
        "Rate limit exceeded: limit_rpm/maker/model/1, RATE_LIMITED",
        "maker/model:free is temporarily rate-limited upstream, POOL_LIMITED",
        "Provider returned error, POOL_LIMITED",
        "Rate limit exceeded, RATE_LIMITED"
    })
    void without_a_known_source_the_words_tell(String message, FailureKind kind) {
        assertThat(read("{'message':'" + message + "','metadata':{'limit_source':'new'}}")
                        .kind())
                .isEqualTo(kind);
        assertThat(read("'" + message + "'").kind()).as("a text for an error").isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'provider_name':'Somebody'", "'provider_code':'rate_limited'", "'provider_error_code':429"})
    void a_provider_that_is_named_has_the_limit_whatever_the_headers(String metadata) {
        assertThat(read(headers("20", "0", MINUTE_END), "{'message':'Too fast','metadata':{" + metadata + "}}")
                        .kind())
                .isEqualTo(FailureKind.POOL_LIMITED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "''", "{}"})
    void a_provider_without_a_name_is_none(String name) {
        assertThat(read(headers("20", "0", MINUTE_END), "{'metadata':{'provider_name':" + name + "}}")
                        .kind())
                .isEqualTo(FailureKind.MINUTE_SPENT);
    }

    @Test
    void a_provider_is_told_by_its_name() {
        assertThat(read("{'metadata':{'provider_name':'Google AI Studio'}}").provider())
                .contains("Google AI Studio");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Two\\nlines", "Grüße", " "})
    void what_is_no_name_is_not_told(String name) {
        assertThat(read("{'metadata':{'provider_name':'" + name + "'}}").provider())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "20, 0, 2026-11-22T10:01:00Z, MINUTE_SPENT",
        "20, 0, 2026-11-22T09:59:00Z, MINUTE_SPENT",
        "30, 0, 2026-11-22T10:01:00Z, MINUTE_SPENT",
        "50, 0, 2026-11-23T00:00:00Z, DAY_SPENT",
        "70, 0, 2026-11-23T00:00:00Z, DAY_SPENT",
        "50, 0, 2026-11-22T00:00:00Z, DAY_SPENT",
        "70, 0, 2026-11-22T00:00:00Z, RATE_LIMITED",
        "20, 7, 2026-11-22T10:01:00Z, RATE_LIMITED",
        "x, 0, 2026-11-22T10:01:00Z, RATE_LIMITED"
    })
    void openrouters_own_headers_tell_which_window(String limit, String remaining, Instant reset, FailureKind kind) {
        assertThat(read(headers(limit, remaining, reset), "{'message':'No'}").kind())
                .isEqualTo(kind);
    }

    @Test
    void the_headers_may_stand_in_the_error() {
        Failure failure = read("{'metadata':{'headers':{'x-ratelimit-limit':20,'X-RateLimit-Remaining':'0'}}}");
        assertThat(failure.kind()).isEqualTo(FailureKind.MINUTE_SPENT);
        assertThat(failure.limit()).isEqualTo(OptionalLong.of(20));
    }

    @Test
    void when_a_limit_ends_counts_more_than_when_to_ask_again() {
        Map<String, String> headers =
                Map.of("Retry-After", "5", "X-RateLimit-Reset", Long.toString(DAY_END.toEpochMilli()));
        assertThat(read(headers, "{'message':'free-models-per-day'}").retryAt()).contains(DAY_END);
    }

    @Test
    void an_end_that_is_past_is_none() {
        assertThat(read(headers("50", "0", NOW.minusSeconds(1)), "{'message':'free-models-per-day'}")
                        .retryAt())
                .isEmpty();
    }

    @Test
    void no_minute_lasts_longer_than_a_minute() {
        assertThat(read(headers("20", "0", DAY_END), "{'message':'free-models-per-min'}")
                        .retryAt())
                .contains(NOW.plusSeconds(60));
    }

    @Test
    void a_models_limit_by_the_day_lasts_until_midnight() {
        Failure failure = read(
                "{'message':'Rate limit exceeded: limit_rpd/maker/model/1','metadata':{'headers':{'X-RateLimit-Limit':'80'}}}");
        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.retryAt()).contains(DAY_END);
        assertThat(failure.limit()).isEmpty();
    }

    @Test
    void a_models_limit_may_say_itself_when_it_ends() {
        assertThat(read(headers("8", "0", MINUTE_END), "{'message':'limit_rpd/maker/model/1'}")
                        .retryAt())
                .contains(MINUTE_END);
    }

    @Test
    void when_no_provider_has_room_the_model_has_none() {
        Failure failure = read("{'message':'Provider returned error','metadata':{'provider_name':'Somebody'},"
                + "'availability':{'code':'capacity_exhausted','retry_after':7}}");
        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.retryAt()).contains(NOW.plusSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>free-models-per-day</html>", "", "[]", "{}"})
    void what_is_no_error_in_json_is_the_models_however_it_reads(String body) {
        Failure failure = reader.read(429, headers("20", "0", MINUTE_END)::get, "text/html", body, NOW);
        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    }

    @ParameterizedTest
    @CsvSource({
        "'{code:rate_limit_exceeded,message:No}', RATE_LIMITED",
        "'{code:rate_limit_exceeded,message:free-models-per-min}', MINUTE_SPENT",
        "'{message:free-models-per-day}', DAY_SPENT",
        "'{code:200,message:free-models-per-day}', DAY_SPENT",
        "'{message:limit_rpm/maker/model}', RATE_LIMITED",
        "'{metadata:{limit_source:openrouter_free_tier_daily}}', DAY_SPENT",
        "'{metadata:{error_type:rate_limit_exceeded,provider_code:rate_limited}}', POOL_LIMITED"
    })
    void inside_an_answer_no_number_is_needed(String error, FailureKind kind) {
        String quoted = error.replaceAll("([\\w/-]*[a-z][\\w/-]*)", "'$1'");
        Failure failure = inside("{'error':" + quoted + "}");
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(OptionalInt.of(429));
    }

    @Test
    void the_host_of_a_chunk_is_the_one_that_limits() {
        Failure failure = inside("{'provider':'Somebody','choices':[{'finish_reason':'error'}],'error':{'code':429}}");
        assertThat(failure.kind()).isEqualTo(FailureKind.POOL_LIMITED);
        assertThat(failure.provider()).contains("Somebody");
    }

    @Test
    void the_account_may_run_out_in_the_middle_of_an_answer() {
        assertThat(inside("{'provider':'Somebody','error':{'code':429,'message':'free-models-per-day'}}")
                        .kind())
                .isEqualTo(FailureKind.DAY_SPENT);
    }
}

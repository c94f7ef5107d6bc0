package io.freerouter.reply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.catalog.ModelId;
import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.FailedAttempt;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.UnmetNeed;
import io.freerouter.request.AnswerCheckRules;
import io.freerouter.request.InvalidRequestException;
import io.freerouter.request.RequestReader;
import io.freerouter.request.free.RequestRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalWriterTest {
    private static final Instant NOW = Instant.parse("2026-11-25T04:37:12.5Z");
    private static final ModelId A = new ModelId("a:free");
    private static final ModelId B = new ModelId("b:free");

    private static ErrorResponse write(Refusal refusal) {
        return RefusalWriter.refusal(refusal, DialectFormats.of(Dialect.CHAT).request(), NOW);
    }

    private static JsonNode error(ErrorResponse reply) {
        assertThat(reply.contentType()).isEqualTo("application/json");
        return ErrorBody.of(reply.body()).error().orElseThrow();
    }

    private static void assertError(ErrorResponse reply, int status, String type, String param, String code) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(error(reply).path("type").textValue()).isEqualTo(type);
        assertThat(error(reply).path("param").textValue()).isEqualTo(param);
        assertThat(error(reply).path("code").textValue()).isEqualTo(code);
    }

    private static String message(ErrorResponse reply) {
        return error(reply).path("message").textValue();
    }

    private static FailedAttempt limited(ModelId model, Instant until) {
        return new FailedAttempt(
                model,
                new Failure(
                        FailureKind.RATE_LIMITED, OptionalInt.of(429), Optional.ofNullable(until), Optional.empty()));
    }

    private static Failure failure(FailureKind kind, int status, String body) {
        Optional<Failure.Reply> reply =
                Optional.ofNullable(body).map(text -> new Failure.Reply("application/json", text));
        return new Failure(kind, OptionalInt.of(status), Optional.empty(), reply);
    }

    private static ErrorResponse allFailed(FailedAttempt... attempts) {
        return write(new Refusal.AllFailed(List.of(attempts)));
    }

    private static ErrorResponse rejected(FailureKind kind, int status, String body) {
        return write(new Refusal.Rejected(A, failure(kind, status, body), 1));
    }

    private static ErrorResponse alike(FailureKind kind, int status, String... bodies) {
        List<FailedAttempt> attempts = IntStream.range(0, bodies.length)
                .mapToObj(i -> new FailedAttempt(new ModelId("m" + i + ":free"), failure(kind, status, bodies[i])))
                .toList();
        return write(new Refusal.CommonRefusal(kind, attempts));
    }

    @Test
    void a_bad_request_names_the_field() {
        InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class, () -> new RequestReader(
                        RequestRules.STANDARD, AnswerCheckRules.STANDARD)
                .read(DialectFormats.of(Dialect.CHAT).request(), "{\"messages\":7}".getBytes(UTF_8), name -> null));
        ErrorResponse reply = RefusalWriter.badRequest(fault);
        assertError(reply, 400, "invalid_request_error", "messages", "invalid_type");
        assertThat(message(reply)).contains("'messages'");
        assertThat(reply.headers()).isEmpty();
    }

    @Test
    void a_rejection_is_handed_on_in_the_upstreams_words() {
        Failure failure = new Failure(
                FailureKind.REJECTED,
                OptionalInt.of(422),
                Optional.empty(),
                Optional.of(new Failure.Reply("application/problem+json", "{\"theirs\":1}")));
        assertThat(write(new Refusal.Rejected(A, failure, 3)))
                .isEqualTo(new ErrorResponse(
                        422, "application/problem+json", "{\"theirs\":1}", Map.of("X-FreeRouter-Attempts", "3")));
    }

    @Test
    void a_rejection_without_words_gets_ours() {
        ErrorResponse reply = rejected(FailureKind.REJECTED, 400, null);
        assertError(reply, 400, "invalid_request_error", null, "upstream_rejected");
        assertThat(message(reply)).contains("OpenRouter refused the request to a:free (400 request rejected)");
    }

    @Test
    void a_refusal_of_a_provider_without_words_says_nothing_of_openrouter_or_of_other_models() {
        ErrorResponse reply = rejected(FailureKind.REFUSED_BY_PROVIDER, 400, null);
        assertError(reply, 400, "invalid_request_error", null, "upstream_rejected");
        assertThat(message(reply))
                .isEqualTo(
                        "The provider of a:free refused the request (400 refused by its provider) and gave no reason that"
                                + " the gateway can read. Change the request, or name another model.");
    }

    @Test
    void every_kind_of_refusal_has_words() {
        List<FailedAttempt> attempts = List.of(limited(A, null));
        List<Refusal> all = List.of(
                new Refusal.Rejected(A, failure(FailureKind.REJECTED, 400, null), 1),
                new Refusal.AllFailed(attempts),
                new Refusal.CommonRefusal(FailureKind.UNSUITED, attempts),
                new Refusal.OneFailed(attempts.get(0), Optional.empty()),
                new Refusal.Unreachable(attempts),
                new Refusal.QuotaSpent(QuotaWindow.DAY, OptionalLong.empty(), NOW, 0),
                new Refusal.Unsuited(List.of(new UnmetNeed("tools", false, List.of()))),
                new Refusal.TooLong(attempts, 0),
                new Refusal.NoneFree(List.of("x")),
                new Refusal.NotEmbedding(List.of()),
                new Refusal.AllCoolingDown(NOW),
                new Refusal.NoKey(),
                new Refusal.NoModels("none"));
        assertThat(all.stream().map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Refusal.class.getDeclaredClasses())
                        .filter(Class::isRecord)
                        .toList());
        assertThat(all)
                .allSatisfy(refusal -> assertThat(message(write(refusal))).isNotBlank());
    }

    @Test
    void a_rejection_with_an_impossible_status_is_a_bad_gateway() {
        assertThat(rejected(FailureKind.REJECTED, 200, null).status()).isEqualTo(502);
    }

    @Test
    void when_all_failed_the_message_and_the_list_name_every_attempt() {
        ErrorResponse reply = allFailed(limited(A, null), new FailedAttempt(B, Failure.of(FailureKind.TIMED_OUT)));
        assertError(reply, 502, "upstream_error", null, "all_attempts_failed");
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "2", "x-should-retry", "false"));
        assertThat(message(reply))
                .isEqualTo(
                        "No free model answered: a:free (429 rate limited), b:free (timed out). Try again in a minute,"
                                + " or name another model.");
        assertThat(error(reply).path("attempts"))
                .hasToString("[{\"model\":\"a:free\",\"status\":429,\"cause\":\"rate limited\"},"
                        + "{\"model\":\"b:free\",\"cause\":\"timed out\"}]");
    }

    @ParameterizedTest
    @CsvSource({"-5000,1", "0,1", "1,1", "1000,1", "1001,2", "60000,60"})
    void retry_after_is_the_earliest_moment_a_model_is_ready(long millis, String seconds) {
        ErrorResponse reply = allFailed(limited(A, NOW.plusSeconds(999)), limited(B, NOW.plusMillis(millis)));
        assertThat(reply.headers()).containsEntry("Retry-After", seconds);
        assertThat(message(reply)).contains("in " + seconds + " seconds");
    }

    @Test
    void there_is_no_retry_after_if_one_attempt_did_not_say() {
        assertThat(allFailed(limited(A, NOW), limited(B, null)).headers()).doesNotContainKey("Retry-After");
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"MINUTE_SPENT", "DAY_SPENT"})
    void there_is_no_retry_after_if_the_account_has_had_its_requests(FailureKind spent) {
        Failure failure = new Failure(spent, OptionalInt.of(429), Optional.of(NOW.plusSeconds(7)), Optional.empty());
        assertThat(allFailed(limited(A, NOW.plusSeconds(5)), new FailedAttempt(B, failure))
                        .headers())
                .doesNotContainKey("Retry-After")
                .containsEntry("x-should-retry", "false");
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_PRIVATE,404,invalid_request_error,privacy_settings,provider.data_collection",
        "NO_CREDIT,402,insufficient_quota,insufficient_credits,https://openrouter.ai/settings/credits",
        "UNSUITED,400,invalid_request_error,no_suitable_model,a rare parameter",
        "OUTPUT_TOO_LONG,400,invalid_request_error,no_suitable_model,Lower the answer's limit"
    })
    void what_several_models_refuse_alike_says_what_to_change_and_what_openrouter_said(
            FailureKind kind, int status, String type, String code, String advice) {
        ErrorResponse reply = alike(kind, 404, null, "{\"error\":{\"message\":\"No.\"}}");
        assertError(reply, status, type, null, code);
        assertThat(message(reply))
                .contains(advice, "m0:free (404 ", "m1:free (404 ")
                .endsWith(" OpenRouter says: No.");
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "2", "x-should-retry", "false"));
        assertThat(error(reply).path("attempts")).hasSize(2);
    }

    @Test
    void privacy_settings_come_with_where_and_what_to_switch() {
        ErrorResponse reply = alike(FailureKind.PRIVACY, 404, (String) null);
        assertError(reply, 404, "invalid_request_error", null, "privacy_settings");
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "1", "x-should-retry", "false"));
        assertThat(message(reply)).contains("https://openrouter.ai/settings/privacy", "model training", "publication");
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 403, 200})
    void a_lack_of_credit_comes_with_where_to_look(int status) {
        ErrorResponse reply = rejected(FailureKind.ACCOUNT_CREDIT, status, null);
        assertError(reply, 402, "insufficient_quota", null, "insufficient_credits");
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "1", "x-should-retry", "false"));
        assertThat(message(reply))
                .contains("https://openrouter.ai/settings/credits", "https://openrouter.ai/settings/keys");
    }

    @Test
    void a_lack_of_credit_that_two_models_report_is_the_accounts() {
        ErrorResponse reply =
                alike(FailureKind.CREDIT_REFUSED, 402, null, "{\"error\":{\"message\":\"Insufficient credits\"}}");
        assertError(reply, 402, "insufficient_quota", null, "insufficient_credits");
        assertThat(message(reply)).contains("settings/credits", "OpenRouter says: Insufficient credits");
    }

    @Test
    void openrouters_own_words_are_added() {
        String body =
                "{\"a\":{\"message\":\"no\"},\"error\":{\"metadata\":{\"message\":\"no\"},\"message\":\"No \\\"endpoints\\\"\"}}";
        assertThat(message(alike(FailureKind.PRIVACY, 404, body)))
                .endsWith("(publication). OpenRouter says: No \"endpoints\"");
    }

    @Test
    void they_are_not_added_at_length() {
        String body = "{\"error\":{\"message\":\"" + "x".repeat(100_000) + "\"}}";
        assertThat(message(alike(FailureKind.PRIVACY, 404, body))).hasSizeLessThan(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"error\":\"x\"}",
                "{\"error\":{\"message\":7}}",
                "{\"error\":{\"message\"",
                "<html>"
            })
    void an_error_of_another_shape_adds_nothing(String body) {
        assertThat(message(alike(FailureKind.PRIVACY, 404, body))).doesNotContain("OpenRouter says");
    }

    private static ErrorResponse spent(QuotaWindow window, OptionalLong limit, Instant resetsAt) {
        return write(new Refusal.QuotaSpent(window, limit, resetsAt, 2));
    }

    private static String day(OptionalLong limit) {
        return message(spent(QuotaWindow.DAY, limit, QuotaWindow.DAY.endAfter(NOW)));
    }

    @Test
    void a_used_up_minute_may_be_waited_for() {
        ErrorResponse reply = spent(QuotaWindow.MINUTE, OptionalLong.of(20), QuotaWindow.MINUTE.endAfter(NOW));
        assertError(reply, 429, "requests", null, "rate_limit_exceeded");
        assertThat(message(reply))
                .isEqualTo(
                        "The OpenRouter account has used up its requests to free models for this minute (20 a minute)."
                                + " Send the request again after 2026-11-25 04:38:00 UTC.");
        assertThat(reply.headers())
                .isEqualTo(Map.of("Retry-After", "48", "x-should-retry", "true", "X-FreeRouter-Attempts", "2"));
    }

    @Test
    void a_used_up_day_must_not_be_waited_for() {
        ErrorResponse reply = spent(QuotaWindow.DAY, OptionalLong.of(50), QuotaWindow.DAY.endAfter(NOW));
        assertError(reply, 429, "insufficient_quota", null, "daily_quota_exceeded");
        assertThat(reply.headers())
                .isEqualTo(Map.of("Retry-After", "69768", "x-should-retry", "false", "X-FreeRouter-Attempts", "2"));
        assertThat(message(reply))
                .isEqualTo(
                        "The OpenRouter account has used up its requests to free models for this day (50 a day). Do not"
                                + " send the request again before 2026-11-26 00:00:00 UTC: until then every request is refused. An"
                                + " account that has ever bought 10 credits gets 1000 requests a day instead of 50.");
    }

    @Test
    void an_unknown_limit_is_left_out() {
        assertThat(day(OptionalLong.empty())).contains("for this day. Do", "1000 requests a day");
    }

    @Test
    void an_account_with_more_than_50_a_day_is_not_advised_to_buy() {
        assertThat(day(OptionalLong.of(1000))).contains("(1000 a day)").doesNotContain("credits");
    }

    @ParameterizedTest
    @CsvSource({"-60000, 1", "0, 1", "1, 1", "1000, 1", "1001, 2"})
    void retry_after_is_exact_and_at_least_a_second(long millis, String seconds) {
        assertThat(spent(QuotaWindow.MINUTE, OptionalLong.empty(), NOW.plusMillis(millis))
                        .headers())
                .containsEntry("Retry-After", seconds);
    }

    private static ErrorResponse unsuited(UnmetNeed... needs) {
        return write(new Refusal.Unsuited(List.of(needs)));
    }

    private static UnmetNeed need(String need, boolean ofLength, int models) {
        return new UnmetNeed(
                need,
                ofLength,
                IntStream.rangeClosed(1, models)
                        .mapToObj(number -> new ModelId("m" + number + ":free"))
                        .toList());
    }

    @Test
    void each_unmet_need_comes_with_the_models_that_cannot_meet_it() {
        ErrorResponse reply = unsuited(need("image input", false, 17), need("a context of 300000 tokens", true, 2));
        assertError(reply, 400, "invalid_request_error", null, "no_suitable_model");
        assertThat(reply.headers()).isEqualTo(Map.of("x-should-retry", "false"));
        assertThat(message(reply))
                .startsWith(
                        "No free model can do all that the request needs: image input (not offered by m1:free, m2:free, m3:free,"
                                + " m4:free, m5:free and 12 more), a context of 300000 tokens (not offered by m1:free, m2:free).");
    }

    @Test
    void if_only_the_length_is_beyond_all_the_code_says_so() {
        ErrorResponse reply = unsuited(need("a context of 300000 tokens", true, 5));
        assertError(reply, 400, "invalid_request_error", null, "context_length_exceeded");
        assertThat(message(reply)).contains("m4:free, m5:free).", "Shorten the conversation");
    }

    @Test
    void a_need_may_be_beyond_no_model_in_particular() {
        assertThat(message(unsuited(need("tools", false, 0)))).contains("needs: tools.");
    }

    private static Refusal tooLong(long largestContext, FailedAttempt... attempts) {
        return new Refusal.TooLong(List.of(attempts), largestContext);
    }

    @Test
    void a_prompt_too_long_for_all_is_refused_in_the_words_that_clients_know() {
        FailedAttempt tooLong = new FailedAttempt(A, failure(FailureKind.TOO_LONG, 400, null));
        ErrorResponse reply = write(tooLong(131072, tooLong, limited(B, NOW)));
        assertError(reply, 400, "invalid_request_error", "messages", "context_length_exceeded");
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "2", "x-should-retry", "false"));
        assertThat(message(reply))
                .contains(
                        "too long",
                        "b:free (429 rate limited)",
                        "This model's maximum context length is 131072 tokens");
        assertThat(error(reply).path("attempts")).hasSize(2);
    }

    @Test
    void what_is_too_long_is_named_as_the_dialect_has_it() {
        Refusal tooLong = tooLong(0, new FailedAttempt(A, Failure.of(FailureKind.TOO_LONG)));
        for (Dialect dialect : List.of(Dialect.RESPONSES, Dialect.COMPLETIONS)) {
            ErrorResponse reply =
                    RefusalWriter.refusal(tooLong, DialectFormats.of(dialect).request(), NOW);
            assertThat(error(reply).path("param").textValue())
                    .isEqualTo(dialect == Dialect.RESPONSES ? "input" : "prompt");
        }
    }

    @Test
    void a_context_that_is_unknown_is_not_a_number() {
        assertThat(message(write(tooLong(0, new FailedAttempt(A, Failure.of(FailureKind.TOO_LONG))))))
                .contains("exceeds the maximum context length of each.");
    }

    @Test
    void names_of_which_none_is_free_are_repeated_but_not_all_of_them_nor_at_length() {
        List<String> names = List.of("a/paid", "b", "c", "d", "x".repeat(1000), "f", "g");
        ErrorResponse reply = write(new Refusal.NoneFree(names));
        assertError(reply, 404, "invalid_request_error", "model", "model_not_found");
        assertThat(message(reply))
                .contains("free: a/paid, b, c, d, " + "x".repeat(100) + "… and 2 more.", "GET /v1/models");
    }

    @Test
    void the_free_embedding_models_are_named_in_full() {
        List<ModelId> free =
                IntStream.range(0, 7).mapToObj(i -> new ModelId("e/" + i)).toList();
        ErrorResponse reply = write(new Refusal.NotEmbedding(free));
        assertError(reply, 404, "invalid_request_error", "model", "model_not_found");
        assertThat(reply.headers()).isEqualTo(Map.of("x-should-retry", "false"));
        assertThat(message(reply)).contains("e/0, e/1, e/2, e/3, e/4, e/5, e/6.");
    }

    @Test
    void without_a_free_embedding_model_the_code_says_so() {
        assertError(
                write(new Refusal.NotEmbedding(List.of())),
                404,
                "invalid_request_error",
                "model",
                "no_embedding_model");
    }

    @Test
    void a_lone_model_that_is_limited_may_be_asked_again_by_the_caller() {
        ErrorResponse reply =
                write(new Refusal.OneFailed(limited(A, NOW.plusSeconds(7)), Optional.of(NOW.plusSeconds(60))));
        assertError(reply, 429, "requests", null, "rate_limit_exceeded");
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "1", "Retry-After", "7"));
        assertThat(message(reply)).contains("a:free (429 rate limited)");
    }

    @Test
    void a_lone_model_that_failed_is_a_bad_gateway() {
        ErrorResponse reply =
                write(new Refusal.OneFailed(new FailedAttempt(A, Failure.of(FailureKind.NO_ANSWER)), Optional.empty()));
        assertError(reply, 502, "upstream_error", null, "all_attempts_failed");
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "1"));
        assertThat(message(reply)).contains("no other model", "the request names this one alone");
    }

    @Test
    void of_a_lone_embedding_model_the_reason_is_another() {
        Refusal refusal =
                new Refusal.OneFailed(new FailedAttempt(A, Failure.of(FailureKind.NO_ANSWER)), Optional.empty());
        ErrorResponse reply = RefusalWriter.refusal(
                refusal, DialectFormats.of(Dialect.EMBEDDINGS).request(), NOW);
        assertThat(message(reply)).contains("vectors of different models cannot be compared");
    }

    @Test
    void a_refusal_of_a_lone_models_provider_comes_back_as_it_is() {
        Failure failure = failure(FailureKind.REFUSED_BY_PROVIDER, 413, "{\"theirs\":1}");
        assertThat(write(new Refusal.OneFailed(new FailedAttempt(A, failure), Optional.empty())))
                .isEqualTo(new ErrorResponse(
                        413, "application/json", "{\"theirs\":1}", Map.of("X-FreeRouter-Attempts", "1")));
    }

    @Test
    void a_missing_key_is_explained() {
        ErrorResponse reply = write(new Refusal.NoKey());
        assertError(reply, 401, "authentication_error", null, "missing_api_key");
        assertThat(reply.headers()).isEqualTo(Map.of("x-should-retry", "false"));
        assertThat(message(reply))
                .contains(
                        "freerouter login", "OPENROUTER_API_KEY", "https://openrouter.ai/keys", "FREEROUTER_DEMO=true");
    }

    @Test
    void an_upstream_out_of_reach_may_be_asked_again_in_a_second() {
        FailedAttempt attempt = new FailedAttempt(A, Failure.of(FailureKind.UNREACHABLE));
        ErrorResponse reply = write(new Refusal.Unreachable(List.of(attempt, attempt)));
        assertError(reply, 503, "upstream_error", null, "upstream_unreachable");
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "2", "Retry-After", "1"));
        assertThat(message(reply))
                .contains(
                        "cannot be reached",
                        "a:free (upstream unreachable)",
                        "No request of the quota was used",
                        "proxy");
    }

    @Test
    void an_upstream_that_was_reached_in_between_has_counted_a_request() {
        FailedAttempt lost = new FailedAttempt(A, Failure.of(FailureKind.UNPROCESSED));
        FailedAttempt busy = new FailedAttempt(B, Failure.of(FailureKind.BUSY));
        assertThat(message(write(new Refusal.Unreachable(List.of(lost, lost)))))
                .contains("No request of the quota was used");
        assertThat(message(write(new Refusal.Unreachable(List.of(lost, busy, lost)))))
                .contains("cannot be reached")
                .doesNotContain("quota");
    }

    @Test
    void while_every_model_cools_down_the_refusal_says_until_when() {
        ErrorResponse reply = write(new Refusal.AllCoolingDown(NOW.plusMillis(41_001)));
        assertError(reply, 503, "upstream_error", null, "models_cooling_down");
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "0", "Retry-After", "42"));
        assertThat(message(reply)).contains("in 42 seconds");
    }

    @Test
    void without_models_a_client_may_ask_again_soon() {
        ErrorResponse reply = write(new Refusal.NoModels("the catalog could not be read."));
        assertError(reply, 503, "server_error", null, "no_models");
        assertThat(reply.headers()).isEqualTo(Map.of("Retry-After", "5"));
        assertThat(message(reply)).contains("the catalog could not be read.");
    }

    @ParameterizedTest
    @CsvSource({"404,invalid_request_error", "413,invalid_request_error", "500,server_error"})
    void other_errors_have_the_type_of_their_status(int status, String type) {
        assertThat(RefusalWriter.error(status, "Oh.", "oh"))
                .isEqualTo(new ErrorResponse(
                        status,
                        "application/json",
                        "{\"error\":{\"message\":\"Oh.\",\"type\":\"" + type + "\",\"param\":null,\"code\":\"oh\"}}",
                        Map.of()));
    }
}

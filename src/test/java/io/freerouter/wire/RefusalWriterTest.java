package io.freerouter.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.Attempt;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalWriterTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ModelId A = new ModelId("a:free");
    private static final ModelId B = new ModelId("b:free");

    private static Attempt limited(ModelId model, Instant until) {
        return new Attempt(
                model,
                new Failure(
                        FailureKind.RATE_LIMITED, OptionalInt.of(429), Optional.ofNullable(until), Optional.empty()));
    }

    private static Failure rejection(int status, Failure.Reply reply) {
        return new Failure(FailureKind.REJECTED, OptionalInt.of(status), Optional.empty(), Optional.ofNullable(reply));
    }

    private static ErrorReply allFailed(Attempt... attempts) {
        return RefusalWriter.refusal(new Refusal.AllFailed(List.of(attempts)), NOW);
    }

    @Test
    void a_bad_request_names_the_field() {
        BadRequest fault = catchThrowableOfType(BadRequest.class, () -> Requests.read("{\"messages\":7}"));
        ErrorReply reply = RefusalWriter.badRequest(fault);
        assertThat(reply)
                .isEqualTo(new ErrorReply(
                        400,
                        "application/json",
                        "{\"error\":{\"message\":\"'messages' must be an array of objects, but was an integer.\","
                                + "\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"invalid_type\"}}",
                        Map.of()));
    }

    @Test
    void a_rejection_is_handed_on_in_the_upstreams_words() {
        Failure failure = rejection(422, new Failure.Reply("application/problem+json", "{\"theirs\":1}"));
        assertThat(RefusalWriter.refusal(new Refusal.Rejected(A, failure, 3), NOW))
                .isEqualTo(new ErrorReply(
                        422, "application/problem+json", "{\"theirs\":1}", Map.of("X-FreeRouter-Attempts", "3")));
    }

    @Test
    void a_rejection_without_words_gets_ours() {
        ErrorReply reply = RefusalWriter.refusal(new Refusal.Rejected(A, rejection(400, null), 1), NOW);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"The upstream refused the request: a:free (400 request rejected).\","
                                + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"upstream_rejected\"}}");
    }

    @Test
    void a_rejection_with_an_impossible_status_is_a_bad_gateway() {
        assertThat(RefusalWriter.refusal(new Refusal.Rejected(A, rejection(200, null), 1), NOW)
                        .status())
                .isEqualTo(502);
    }

    @Test
    void when_all_failed_every_attempt_is_told() {
        ErrorReply reply = allFailed(limited(A, null), new Attempt(B, Failure.of(FailureKind.TIMED_OUT)));
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "2", "x-should-retry", "false"));
        assertThat(reply.body())
                .isEqualTo("{\"error\":{\"message\":"
                        + "\"No free model answered: a:free (429 rate limited), b:free (timed out).\","
                        + "\"type\":\"upstream_error\",\"param\":null,\"code\":\"all_attempts_failed\",\"attempts\":["
                        + "{\"model\":\"a:free\",\"status\":429,\"cause\":\"rate limited\"},"
                        + "{\"model\":\"b:free\",\"cause\":\"timed out\"}]}}");
    }

    @ParameterizedTest
    @CsvSource({"-5000,1", "0,1", "1,1", "1000,1", "1001,2", "60000,60"})
    void retry_after_is_the_earliest_moment_a_model_is_ready(long millis, String seconds) {
        ErrorReply reply = allFailed(limited(A, NOW.plusSeconds(999)), limited(B, NOW.plusMillis(millis)));
        assertThat(reply.headers()).containsEntry("Retry-After", seconds);
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
        assertThat(allFailed(limited(A, NOW.plusSeconds(5)), new Attempt(B, failure))
                        .headers())
                .doesNotContainKey("Retry-After")
                .containsEntry("x-should-retry", "false");
    }

    @Test
    void a_request_too_long_for_all_is_told_in_the_words_that_clients_know() {
        Failure tooLong = new Failure(FailureKind.TOO_LONG, OptionalInt.of(400), Optional.empty(), Optional.empty());
        ErrorReply reply = RefusalWriter.refusal(
                new Refusal.TooLong(List.of(new Attempt(A, tooLong), limited(B, NOW)), 131072), NOW);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "2", "x-should-retry", "false"));
        assertThat(reply.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"The request is too long for every free model asked: a:free (400 too small"
                                + " for the request), b:free (429 rate limited). The largest of them would say: This model's maximum"
                                + " context length is 131072 tokens.\",\"type\":\"invalid_request_error\",\"param\":\"messages\","
                                + "\"code\":\"context_length_exceeded\",\"attempts\":["
                                + "{\"model\":\"a:free\",\"status\":400,\"cause\":\"too small for the request\"},"
                                + "{\"model\":\"b:free\",\"status\":429,\"cause\":\"rate limited\"}]}}");
    }

    @Test
    void of_a_context_nobody_knows_no_number_is_told() {
        Attempt attempt = new Attempt(A, Failure.of(FailureKind.TOO_LONG));
        assertThat(RefusalWriter.refusal(new Refusal.TooLong(List.of(attempt), 0), NOW)
                        .body())
                .contains("exceeds the maximum context length of each.");
    }

    @Test
    void names_of_which_none_is_free_are_told_but_not_all_of_them_nor_at_length() {
        List<String> names = List.of("a/paid", "b", "c", "d", "x".repeat(1000), "f", "g");
        ErrorReply reply = RefusalWriter.refusal(new Refusal.NoneFree(names), NOW);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body())
                .contains("free: a/paid, b, c, d, " + "x".repeat(100) + "… and 2 more.", "GET /v1/models")
                .contains("\"param\":\"model\",\"code\":\"model_not_found\"");
    }

    @Test
    void the_free_models_for_embeddings_are_told_in_full() {
        List<ModelId> free =
                IntStream.range(0, 7).mapToObj(i -> new ModelId("e/" + i)).toList();
        ErrorReply reply = RefusalWriter.refusal(new Refusal.NotEmbedding(free), NOW);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.headers()).isEqualTo(Map.of("x-should-retry", "false"));
        assertThat(reply.body())
                .contains("There are: e/0, e/1, e/2, e/3, e/4, e/5, e/6.")
                .contains("\"param\":\"model\",\"code\":\"model_not_found\"");
    }

    @Test
    void a_lone_model_that_is_limited_may_be_asked_again_by_the_caller() {
        ErrorReply reply = RefusalWriter.refusal(new Refusal.OneFailed(limited(A, NOW.plusSeconds(7))), NOW);
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "1", "Retry-After", "7"));
        assertThat(reply.body()).contains("a:free (429 rate limited)", "\"code\":\"rate_limit_exceeded\"");
    }

    @Test
    void a_lone_model_that_failed_is_a_bad_gateway() {
        Attempt attempt = new Attempt(A, Failure.of(FailureKind.NO_ANSWER));
        ErrorReply reply = RefusalWriter.refusal(new Refusal.OneFailed(attempt), NOW);
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "1"));
        assertThat(reply.body()).contains("No other was asked", "\"code\":\"all_attempts_failed\"");
    }

    @Test
    void a_missing_key_is_explained() {
        ErrorReply reply = RefusalWriter.refusal(new Refusal.NoKey(), NOW);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.headers()).isEqualTo(Map.of("x-should-retry", "false"));
        assertThat(reply.body())
                .contains("OPENROUTER_API_KEY", "https://openrouter.ai/keys", "FREEROUTER_DEMO=true")
                .contains("\"type\":\"authentication_error\"", "\"code\":\"missing_api_key\"");
    }

    @Test
    void no_models_may_be_asked_again_soon() {
        ErrorReply reply = RefusalWriter.refusal(new Refusal.NoModels("the catalog could not be read."), NOW);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers()).isEqualTo(Map.of("Retry-After", "5"));
        assertThat(reply.body()).contains("the catalog could not be read.", "\"code\":\"no_models\"");
    }

    @ParameterizedTest
    @CsvSource({"404,invalid_request_error", "413,invalid_request_error", "500,server_error"})
    void other_errors_have_the_type_of_their_status(int status, String type) {
        assertThat(RefusalWriter.error(status, "Oh.", "oh"))
                .isEqualTo(new ErrorReply(
                        status,
                        "application/json",
                        "{\"error\":{\"message\":\"Oh.\",\"type\":\"" + type + "\",\"param\":null,\"code\":\"oh\"}}",
                        Map.of()));
    }

    @Test
    void the_upstreams_own_error_event_ends_a_broken_stream() {
        Failure.Reply reply = new Failure.Reply("text/event-stream", "data: {\"error\":{}}\n\n");
        Failure told = new Failure(FailureKind.BROKEN, OptionalInt.empty(), Optional.empty(), Optional.of(reply));
        assertThat(new StreamWords(Dialect.CHAT).broken(told)).isEqualTo(reply.body());
    }

    @Test
    void a_broken_stream_ends_in_one_event() {
        assertThat(new StreamWords(Dialect.CHAT).broken(Failure.of(FailureKind.BROKEN)))
                .isEqualTo("data: {\"error\":{\"message\":"
                        + "\"The answer broke off after it had begun (connection broken).\",\"type\":\"upstream_error\","
                        + "\"param\":null,\"code\":\"stream_broken\"}}\n\n");
    }
}

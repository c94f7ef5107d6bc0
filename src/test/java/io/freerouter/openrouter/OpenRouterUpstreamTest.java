package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.Usage;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenRouterUpstreamTest {
    private static final Instant RESET = Instant.parse("2026-11-22T00:00:30Z");
    private static final UpstreamUnderTest UPSTREAM = new UpstreamUnderTest();

    @AfterAll
    static void stop() {
        UPSTREAM.close();
    }

    private static Failure failure(AnswerScript script, boolean stream, String body) {
        return UPSTREAM.answering(script).failure(stream, body).orElseThrow();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(CannedTestAnswers.accountMinuteSpent(20, RESET), FailureKind.MINUTE_SPENT),
                Arguments.of(CannedTestAnswers.accountDaySpent(50, RESET), FailureKind.DAY_SPENT),
                Arguments.of(CannedTestAnswers.accountDaySpent(1000, RESET), FailureKind.DAY_SPENT),
                Arguments.of(CannedTestAnswers.poolLimited("Somebody"), FailureKind.POOL_LIMITED),
                Arguments.of(CannedAnswers.rateLimited(), FailureKind.POOL_LIMITED),
                Arguments.of(CannedTestAnswers.rateLimited(7), FailureKind.RATE_LIMITED),
                Arguments.of(CannedTestAnswers.htmlError(429), FailureKind.RATE_LIMITED),
                Arguments.of(CannedTestAnswers.accountCreditSpent(), FailureKind.ACCOUNT_CREDIT),
                Arguments.of(CannedTestAnswers.keySpent(), FailureKind.ACCOUNT_CREDIT),
                Arguments.of(CannedTestAnswers.keyRefused(), FailureKind.ACCOUNT_CREDIT),
                Arguments.of(CannedTestAnswers.privacyRestricted(), FailureKind.PRIVACY),
                Arguments.of(CannedAnswers.wantsCredit(), FailureKind.NO_CREDIT));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refusal_is_understood_however_it_was_asked_for(AnswerScript script, FailureKind kind) {
        assertThat(failure(script, false, "").kind()).isEqualTo(kind);
        assertThat(failure(script, true, "").kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\n"})
    void an_account_error_as_bare_json_with_the_type_of_a_stream_is_understood(String before) {
        String spent = before + "{\"error\":{\"code\":429,\"message\":\"Rate limit exceeded: free-models-per-day\","
                + "\"metadata\":{\"headers\":{\"X-RateLimit-Limit\":\"50\",\"X-RateLimit-Remaining\":\"0\"}}}}";
        for (String type : List.of("text/event-stream", "application/json")) {
            AnswerScript script = AnswerScript.begin().respond(200, Map.of("Content-Type", type), spent);
            assertThat(failure(script, true, "").kind()).isEqualTo(FailureKind.DAY_SPENT);
            assertThat(failure(script, false, "").kind()).isEqualTo(FailureKind.DAY_SPENT);
        }
    }

    @Test
    void a_limit_comes_with_its_size_and_its_end() {
        Failure failure = failure(CannedTestAnswers.accountMinuteSpent(20, RESET), true, "");
        assertThat(failure.limit()).hasValue(20);
        assertThat(failure.retryAt()).contains(RESET);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_model_that_keeps_data_does_not_suit_a_request_that_forbids_it(boolean stream) {
        Failure failure =
                failure(CannedTestAnswers.privacyRestricted(), stream, ",'provider':{'data_collection':'deny'}");
        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_PRIVATE);
        assertThat(failure.reply()).isEmpty();
    }

    @Test
    void a_whole_answer_tells_what_was_found() {
        UPSTREAM.answering(CannedAnswers.callsTool("clock", "{\"in\":\"Bern\"}"));
        assertThat(UPSTREAM.complete("", "clock").metadata()).isEqualTo(found(true));
        assertThat(UPSTREAM.complete("", "oven").metadata()).isEqualTo(found(false));
    }

    @Test
    void a_stream_tells_at_its_end_what_was_found() {
        UPSTREAM.answering(CannedAnswers.callsTool("clock", "{\"in\":\"Bern\"}"));
        OpenStream known = UPSTREAM.stream("", "clock");
        assertThat(known.metadata()).isEqualTo(found(true));
        assertThat(UPSTREAM.stream("", "oven").metadata()).isEqualTo(found(false));
    }

    @Test
    void arguments_that_are_no_json_are_found() {
        UPSTREAM.answering(CannedAnswers.callsTool("clock", "{\"in\":\"Bern"));
        assertThat(UPSTREAM.stream("", "clock").metadata()).isEqualTo(found(false));
    }

    @Test
    void the_beginning_of_an_answer_may_repeat_a_long_request() {
        String instructions = "x".repeat(600_000);
        String begun = "data: {\"choices\":[],\"instructions\":\"" + instructions + "\"}\n\n";
        AnswerScript repeating = AnswerScript.begin()
                .raw(begun)
                .raw(begun)
                .text("Hi")
                .finish("stop")
                .done();
        assertThat(UPSTREAM.answering(repeating).failure(true, ",'instructions':'" + instructions + "'"))
                .isEmpty();
        assertThat(failure(repeating, true, "").kind()).isEqualTo(FailureKind.MALFORMED);
    }

    private static AnswerMetadata found(boolean usable) {
        return new AnswerMetadata(
                Optional.of("Demo"),
                Optional.of(BigDecimal.ZERO),
                usable,
                0,
                Optional.of(new Usage(10, 3)),
                List.of("tool_calls"));
    }
}

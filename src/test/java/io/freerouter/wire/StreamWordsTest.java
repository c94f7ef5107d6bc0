package io.freerouter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.Attempt;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamWordsTest {
    private static final Failure BROKEN = Failure.of(FailureKind.BROKEN);
    private static final ModelId MODEL = new ModelId("a:free");
    private static final Refusal REFUSAL = new Refusal.NoneFree(List.of("x/y"));

    @Test
    void a_break_of_a_message_is_its_dialects_error_event() {
        assertThat(new StreamWords(Dialect.MESSAGES).broken(BROKEN))
                .isEqualTo("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":"
                        + "\"The answer broke off after it had begun (connection broken).\"},\"request_id\":null}\n\n");
    }

    @Test
    void a_break_of_a_response_takes_the_next_number() {
        StreamWords words = new StreamWords(Dialect.RESPONSES);
        words.heard(
                "data: {\"sequence_number\":6}\n\ndata: {\"sequence_number\": 7,\"text\":\"\\\"sequence_number\\\":99\"}\n\n");
        words.heard(": a comment\n\n");
        assertThat(words.broken(BROKEN))
                .startsWith("event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":8,"
                        + "\"response\":{\"object\":\"response\",\"status\":\"failed\",\"output\":[],"
                        + "\"error\":{\"code\":\"server_error\",\"message\":\"The answer broke off")
                .contains("(connection broken).\"}},\"error\":{\"message\":")
                .endsWith("\"code\":\"stream_broken\"}}\n\n");
    }

    @Test
    void a_break_of_a_response_is_a_failure_of_the_one_that_was_begun() {
        StreamWords words = new StreamWords(Dialect.RESPONSES);
        words.heard(
                ": a comment\n\nevent: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,"
                        + "\"response\":{\"id\":\"r\",\"created_at\":7,\"status\":\"in_progress\",\"model\":\"m\",\"error\":null,"
                        + "\"output\":[],\"top_p\":0.1,\"new\":{}}}\n\n");
        words.heard(
                "data: {\"type\":\"x\",\"response\":{\"id\":\"\\\"response.created\\\"\"},\"sequence_number\":1}\n\n");
        assertThat(words.broken(BROKEN))
                .contains("\"sequence_number\":2,\"response\":{\"id\":\"r\",\"created_at\":7,\"status\":\"failed\","
                        + "\"model\":\"m\",\"error\":{\"code\":\"server_error\",\"message\":\"The answer broke off after it"
                        + " had begun (connection broken).\"},\"output\":[],\"top_p\":0.1,\"new\":{}},\"error\":{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"response.created\"",
                "{\"type\":\"response.created\",\"response\":7}",
                "\"response.created\""
            })
    void a_beginning_that_cannot_be_read_is_none(String begun) {
        StreamWords words = new StreamWords(Dialect.RESPONSES);
        words.heard("data: " + begun + "\n\n");
        assertThat(words.broken(BROKEN)).contains("\"response\":{\"object\":\"response\",\"status\":\"failed\",");
    }

    @Test
    void a_refusal_is_told_in_each_dialect() {
        assertThat(new StreamWords(Dialect.CHAT).refused(REFUSAL, Instant.EPOCH))
                .startsWith("data: {\"error\":{");
        assertThat(new StreamWords(Dialect.MESSAGES).refused(REFUSAL, Instant.EPOCH))
                .startsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"");
        assertThat(new StreamWords(Dialect.RESPONSES).refused(REFUSAL, Instant.EPOCH))
                .startsWith("event: response.failed\n")
                .contains("\"sequence_number\":0", "\"code\":\"model_not_found\"");
    }

    static Stream<Arguments> codes() {
        return Stream.of(
                Arguments.of(new Refusal.TooLong(List.of(attempt(FailureKind.TOO_LONG)), 0), "context_length_exceeded"),
                Arguments.of(spent(QuotaWindow.MINUTE), "rate_limit_exceeded"),
                Arguments.of(spent(QuotaWindow.DAY), "insufficient_quota"),
                Arguments.of(rejected(FailureKind.ACCOUNT_CREDIT, 402), "insufficient_quota"),
                Arguments.of(alike(FailureKind.NO_CREDIT), "insufficient_quota"),
                Arguments.of(alike(FailureKind.UNSUITED), "invalid_prompt"),
                Arguments.of(REFUSAL, "invalid_prompt"),
                Arguments.of(new Refusal.NoKey(), "invalid_prompt"),
                Arguments.of(rejected(FailureKind.REJECTED, 400), "invalid_prompt"),
                Arguments.of(rejected(FailureKind.REJECTED, 422), "invalid_prompt"),
                Arguments.of(rejected(FailureKind.REJECTED, 408), "server_error"),
                Arguments.of(rejected(FailureKind.REJECTED, 409), "server_error"),
                Arguments.of(rejected(FailureKind.REJECTED, 425), "server_error"),
                Arguments.of(rejected(FailureKind.REJECTED, 429), "server_error"),
                Arguments.of(rejected(FailureKind.REJECTED, 501), "server_error"),
                Arguments.of(new Refusal.AllFailed(List.of(attempt(FailureKind.BROKEN))), "server_error"),
                Arguments.of(new Refusal.NoModels("none is free."), "server_error"));
    }

    private static Attempt attempt(FailureKind kind) {
        return new Attempt(MODEL, Failure.of(kind));
    }

    private static Refusal spent(QuotaWindow window) {
        return new Refusal.QuotaSpent(window, OptionalLong.empty(), Instant.EPOCH, 0);
    }

    private static Refusal alike(FailureKind kind) {
        return new Refusal.Alike(kind, List.of(attempt(kind)));
    }

    private static Refusal rejected(FailureKind kind, int status) {
        Failure.Reply said =
                new Failure.Reply("application/json", "{\"error\":{\"code\":\"own\",\"message\":\"No.\"}}");
        Failure failure = new Failure(kind, OptionalInt.of(status), Optional.empty(), Optional.of(said));
        return new Refusal.Rejected(MODEL, failure, 1);
    }

    @ParameterizedTest
    @MethodSource("codes")
    void a_response_that_failed_has_a_code_that_its_clients_know(Refusal refusal, String code) {
        assertThat(new StreamWords(Dialect.RESPONSES).refused(refusal, Instant.EPOCH))
                .contains(
                        "\"response\":{\"object\":\"response\",\"status\":\"failed\",\"output\":[],\"error\":{\"code\":\""
                                + code + "\",");
    }

    @Test
    void what_is_too_long_in_a_response_is_its_input() {
        Refusal tooLong = new Refusal.TooLong(List.of(attempt(FailureKind.TOO_LONG)), 0);
        assertThat(new StreamWords(Dialect.RESPONSES).refused(tooLong, Instant.EPOCH))
                .contains("\"param\":\"input\"");
    }

    @Test
    void the_code_beside_a_response_that_failed_is_our_own() {
        assertThat(new StreamWords(Dialect.RESPONSES).refused(spent(QuotaWindow.DAY), Instant.EPOCH))
                .endsWith("\"code\":\"daily_quota_exceeded\"}}\n\n");
    }

    @Test
    void a_wait_is_a_ping_only_where_there_are_pings() {
        assertThat(new StreamWords(Dialect.MESSAGES).waiting()).startsWith("event: ping\ndata: ");
        assertThat(new StreamWords(Dialect.RESPONSES).waiting()).startsWith(": ");
    }
}

package io.freerouter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.Dialect;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamWordsTest {
    private static final Failure BROKEN = Failure.of(FailureKind.BROKEN);
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

    @Test
    void a_wait_is_a_ping_only_where_there_are_pings() {
        assertThat(new StreamWords(Dialect.MESSAGES).waiting()).startsWith("event: ping\ndata: ");
        assertThat(new StreamWords(Dialect.RESPONSES).waiting()).startsWith(": ");
    }
}

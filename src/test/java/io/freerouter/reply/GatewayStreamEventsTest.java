package io.freerouter.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.catalog.ModelId;
import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.FailedAttempt;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayStreamEventsTest {
    private static final Instant NOW = Instant.ofEpochSecond(77);
    private static final Failure BROKEN = Failure.of(FailureKind.BROKEN);
    private static final ModelId MODEL = new ModelId("a:free");
    private static final Refusal REFUSAL = new Refusal.NoneFree(List.of("x/y"));
    private static final String DONE = "data: [DONE]\n\n";

    private static GatewayStreamEvents events(Dialect dialect) {
        DialectFormats formats = DialectFormats.of(dialect);
        return new GatewayStreamEvents(formats.request(), formats.reply(), "req_7", NOW);
    }

    /** The event, if the text is one event {@code response.failed} and then the end mark. */
    private static JsonNode failed(String text) {
        String before = "event: response.failed\ndata: ";
        assertThat(text).startsWith(before).endsWith("\n\n" + DONE);
        String data = text.substring(before.length(), text.length() - DONE.length() - 2);
        return JsonObjects.object(data).orElseThrow();
    }

    private static Failure withEvent(String event) {
        Failure.Reply reply = new Failure.Reply("text/event-stream", event);
        return new Failure(FailureKind.BROKEN, OptionalInt.empty(), Optional.empty(), Optional.of(reply));
    }

    @Test
    void a_broken_chat_ends_with_one_error_event() {
        assertThat(events(Dialect.CHAT).broken(BROKEN))
                .isEqualTo(
                        "data: {\"error\":{\"message\":\"The answer broke off after it had begun (connection broken), so it"
                                + " is incomplete. Send the request again.\",\"type\":\"upstream_error\",\"param\":null,"
                                + "\"code\":\"stream_broken\"}}\n\n");
    }

    @Test
    void a_broken_message_ends_with_its_dialects_error_event() {
        assertThat(events(Dialect.MESSAGES).broken(BROKEN))
                .startsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":"
                        + "\"The answer broke off after it had begun (connection broken)")
                .endsWith("\"},\"request_id\":\"req_7\"}\n\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"CHAT", "COMPLETIONS", "MESSAGES"})
    void the_upstreams_own_error_event_ends_a_broken_stream(Dialect dialect) {
        String event = "data: {\"error\":{}}\n\n";
        assertThat(events(dialect).broken(withEvent(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"CHAT", "COMPLETIONS", "RESPONSES"})
    void a_stream_that_ended_well_ends_with_the_end_mark_once(Dialect dialect) {
        GatewayStreamEvents own = events(dialect);
        own.sent("event: x\ndata: {\"type\":\"response.completed\",\"text\":\"data: [DONE]\"}\n\n");
        assertThat(own.end()).isEqualTo(DONE);
        assertThat(own.end()).isEmpty();
    }

    static Stream<Arguments> endMarks() {
        return Stream.of(Dialect.CHAT, Dialect.COMPLETIONS, Dialect.RESPONSES).flatMap(dialect -> Stream.of(
                        "data: [DONE]\n\n", "data:[DONE]\n\n", "data: {}\n\ndata: [DONE] \r\n\r\n")
                .map(events -> Arguments.of(dialect, events)));
    }

    @ParameterizedTest
    @MethodSource("endMarks")
    void an_end_mark_of_the_upstream_is_not_repeated(Dialect dialect, String events) {
        GatewayStreamEvents own = events(dialect);
        own.sent(events);
        own.sent(": bye\n\n");
        assertThat(own.end()).isEmpty();
    }

    @Test
    void a_message_that_ended_well_ends_with_its_stop_event() {
        GatewayStreamEvents own = events(Dialect.MESSAGES);
        own.sent("event: content_block_delta\ndata: {\"delta\":{\"text\":\"\\\"message_stop\\\"\"}}\n\n");
        assertThat(own.end()).isEqualTo("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"message_stop\"}", "{ \"type\" : \"message_stop\", \"x\": 1 }"})
    void a_stop_event_of_the_upstream_is_not_repeated(String data) {
        GatewayStreamEvents own = events(Dialect.MESSAGES);
        own.sent("event: message_stop\ndata: " + data + "\n\n");
        assertThat(own.end()).isEmpty();
    }

    @Test
    void the_end_mark_follows_the_upstreams_own_error_event() {
        String event = "event: error\ndata: {\"type\":\"error\"}\n\n";
        assertThat(events(Dialect.RESPONSES).broken(withEvent(event))).isEqualTo(event + DONE);
        assertThat(events(Dialect.RESPONSES).broken(withEvent(event + DONE))).isEqualTo(event + DONE);
    }

    @Test
    void a_broken_response_takes_the_next_number() {
        GatewayStreamEvents own = events(Dialect.RESPONSES);
        own.sent(
                "data: {\"sequence_number\":6}\n\ndata: {\"sequence_number\": 7,\"text\":\"\\\"sequence_number\\\":99\"}\n\n");
        own.sent(": a comment\n\n");
        JsonNode event = failed(own.broken(BROKEN));
        assertThat(event.path("type").asText()).isEqualTo("response.failed");
        assertThat(event.path("sequence_number").asInt()).isEqualTo(8);
        assertThat(event.at("/response/status").asText()).isEqualTo("failed");
        assertThat(event.at("/response/error/code").asText()).isEqualTo("server_error");
        assertThat(event.at("/response/error/message").asText()).startsWith("The answer broke off");
        assertThat(event.at("/error/code").asText()).isEqualTo("stream_broken");
    }

    @Test
    void a_broken_response_is_the_one_that_was_begun() {
        GatewayStreamEvents own = events(Dialect.RESPONSES);
        own.sent(": a comment\n\nevent: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,"
                + "\"response\":{\"id\":\"r\",\"created_at\":7,\"status\":\"in_progress\",\"model\":\"m\",\"error\":null,"
                + "\"output\":[7],\"top_p\":0.1,\"new\":{}}}\n\n");
        own.sent("data: {\"type\":\"x\",\"response\":{\"id\":\"\\\"response.created\\\"\"},\"sequence_number\":1}\n\n");
        JsonNode event = failed(own.broken(BROKEN));
        JsonNode response = event.path("response");
        assertThat(event.path("sequence_number").asInt()).isEqualTo(2);
        assertThat(response.path("id").asText()).isEqualTo("r");
        assertThat(response.path("created_at").asInt()).isEqualTo(7);
        assertThat(response.path("status").asText()).isEqualTo("failed");
        assertThat(response.path("top_p").asDouble()).isEqualTo(0.1);
        assertThat(response.path("output")).isEmpty();
        assertThat(response.has("new")).isTrue();
    }

    /** As {@code @openrouter/sdk} 1.3.19 and the Open Responses specification of 2026-04-24 require. */
    @Test
    void a_response_that_failed_has_every_required_member() {
        GatewayStreamEvents own = events(Dialect.RESPONSES);
        own.sent("data: {\"type\":\"response.created\",\"response\":{\"id\":\"r\"}}\n\n");
        assertThat(failed(own.broken(BROKEN)).path("response").fieldNames())
                .toIterable()
                .contains(
                        "id",
                        "object",
                        "created_at",
                        "completed_at",
                        "status",
                        "error",
                        "incomplete_details",
                        "instructions",
                        "metadata",
                        "model",
                        "output",
                        "parallel_tool_calls",
                        "temperature",
                        "tool_choice",
                        "tools",
                        "top_p",
                        "presence_penalty",
                        "frequency_penalty",
                        "top_logprobs",
                        "previous_response_id",
                        "truncation",
                        "text",
                        "reasoning",
                        "usage",
                        "max_output_tokens",
                        "max_tool_calls",
                        "store",
                        "background",
                        "service_tier",
                        "safety_identifier",
                        "prompt_cache_key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"response.created\"",
                "{\"type\":\"response.created\",\"response\":7}",
                "\"response.created\""
            })
    void a_beginning_that_cannot_be_read_is_none(String begun) {
        GatewayStreamEvents own = events(Dialect.RESPONSES);
        own.sent("data: " + begun + "\n\n");
        JsonNode response = failed(own.broken(BROKEN)).path("response");
        assertThat(response.path("id").asText()).isEqualTo("resp_req_7");
        assertThat(response.path("created_at").asInt()).isEqualTo(77);
    }

    @Test
    void a_refusal_is_said_in_each_dialect() {
        assertThat(events(Dialect.CHAT).refused(REFUSAL, NOW)).startsWith("data: {\"error\":{");
        assertThat(events(Dialect.MESSAGES).refused(REFUSAL, NOW))
                .startsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"");
        JsonNode event = failed(events(Dialect.RESPONSES).refused(REFUSAL, NOW));
        assertThat(event.path("sequence_number").asInt()).isZero();
        assertThat(event.at("/error/code").asText()).isEqualTo("model_not_found");
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

    private static FailedAttempt attempt(FailureKind kind) {
        return new FailedAttempt(MODEL, Failure.of(kind));
    }

    private static Refusal spent(QuotaWindow window) {
        return new Refusal.QuotaSpent(window, OptionalLong.empty(), Instant.EPOCH, 0);
    }

    private static Refusal alike(FailureKind kind) {
        return new Refusal.CommonRefusal(kind, List.of(attempt(kind)));
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
        JsonNode event = failed(events(Dialect.RESPONSES).refused(refusal, NOW));
        assertThat(event.at("/response/error/code").asText()).isEqualTo(code);
        assertThat(event.at("/response/error/message").asText()).isNotEmpty();
    }

    @Test
    void what_is_too_long_in_a_response_is_its_input() {
        Refusal tooLong = new Refusal.TooLong(List.of(attempt(FailureKind.TOO_LONG)), 0);
        assertThat(events(Dialect.RESPONSES).refused(tooLong, NOW)).contains("\"param\":\"input\"");
    }

    @Test
    void the_code_beside_a_response_that_failed_is_our_own() {
        JsonNode event = failed(events(Dialect.RESPONSES).refused(spent(QuotaWindow.DAY), NOW));
        assertThat(event.at("/error/code").asText()).isEqualTo("daily_quota_exceeded");
    }

    @Test
    void a_sign_of_life_is_a_ping_only_where_there_are_pings() {
        assertThat(events(Dialect.MESSAGES).keepAlive()).startsWith("event: ping\ndata: ");
        assertThat(events(Dialect.RESPONSES).keepAlive()).startsWith(": ");
    }
}

package io.freerouter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What speaks against the account; the rest is in {@link RefusalWriterTest}. */
class RejectedWriterTest {
    private static ErrorReply reply(FailureKind kind, int status, String body) {
        Optional<Failure.Reply> reply =
                Optional.ofNullable(body).map(text -> new Failure.Reply("application/json", text));
        Failure failure = new Failure(kind, OptionalInt.of(status), Optional.empty(), reply);
        return RefusalWriter.refusal(new Refusal.Rejected(new ModelId("a:free"), failure, 1), Instant.EPOCH);
    }

    @Test
    void privacy_settings_are_told_with_where_and_what_to_switch() {
        ErrorReply reply = reply(FailureKind.PRIVACY, 404, null);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "1", "x-should-retry", "false"));
        assertThat(reply.body())
                .contains("https://openrouter.ai/settings/privacy", "model training", "publication")
                .contains("\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"privacy_settings\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 403, 200})
    void a_lack_of_credit_is_told_with_where_to_look(int status) {
        ErrorReply reply = reply(FailureKind.ACCOUNT_CREDIT, status, null);
        assertThat(reply.status()).isEqualTo(402);
        assertThat(reply.headers()).isEqualTo(Map.of("X-FreeRouter-Attempts", "1", "x-should-retry", "false"));
        assertThat(reply.body())
                .contains("https://openrouter.ai/settings/credits", "https://openrouter.ai/settings/keys")
                .contains("\"code\":\"insufficient_credits\"");
    }

    @Test
    void the_upstreams_own_words_are_added() {
        String body =
                "{\"a\":{\"message\":\"no\"},\"error\":{\"metadata\":{\"message\":\"no\"},\"message\":\"No \\\"endpoints\\\"\"}}";
        assertThat(reply(FailureKind.PRIVACY, 404, body).body())
                .contains("(publication). OpenRouter says: No \\\"endpoints\\\"\",");
    }

    @Test
    void they_are_not_added_at_length() {
        String body = "{\"error\":{\"message\":\"" + "x".repeat(100_000) + "\"}}";
        assertThat(reply(FailureKind.PRIVACY, 404, body).body()).hasSizeLessThan(1000);
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
        assertThat(reply(FailureKind.PRIVACY, 404, body).body()).doesNotContain("OpenRouter says");
    }
}

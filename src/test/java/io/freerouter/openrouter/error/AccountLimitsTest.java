package io.freerouter.openrouter.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.json.ExactJson;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountLimitsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final FailureReader reader = new FailureReader(text -> text.replace("sk-hidden", "[redacted]"));

    private Failure read(int status, ObjectNode error) {
        return reader.read(status, name -> null, "application/json", "{\"error\":" + error + "}", NOW);
    }

    private static ObjectNode error(String message) {
        return JsonNodeFactory.instance.objectNode().put("message", message);
    }

    private static ObjectNode sourced(String message, String source) {
        ObjectNode error = error(message);
        error.putObject("metadata").put("limit_source", source);
        return error;
    }

    private FailureKind payment(String message) {
        return read(402, error(message)).kind();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your account has a negative balance",
                "Key limit exceeded (monthly limit). Manage it using https://example.org/settings/keys",
                "Guardrail budget exceeded"
            })
    void a_word_on_the_account_stops_everything(String message) {
        assertThat(payment(message)).isEqualTo(FailureKind.ACCOUNT_CREDIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Insufficient credits. Add more using https://example.org/settings/credits",
                "Your account or API key has insufficient credits. Add more credits and retry the request.",
                "insufficient_credits"
            })
    void plain_words_are_one_models_until_a_second_says_the_same(String message) {
        Failure failure = read(402, error(message));
        assertThat(failure.kind()).isEqualTo(FailureKind.CREDIT_REFUSED);
        assertThat(failure.reply()).map(Failure.Reply::body).contains("{\"error\":" + error(message) + "}");
    }

    @Test
    void plain_words_with_a_scope_are_the_accounts() {
        assertThat(read(402, sourced("Insufficient credits. Add more", "openrouter_credits"))
                        .kind())
                .isEqualTo(FailureKind.ACCOUNT_CREDIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "No",
                "Payment Required",
                "This request requires more credits, or fewer max_tokens. You requested up to 9 tokens, but can only afford 0.",
                "Prompt tokens limit exceeded: 230799 > 91442. To increase, visit https://example.org/settings/keys",
                "Insufficient credits. This account never purchased credits.",
                "Insufficient credits for maker/model-1.5:free",
                "Insufficient credits to use this model"
            })
    void a_word_on_a_price_or_none_is_about_the_model(String message) {
        assertThat(payment(message)).isEqualTo(FailureKind.NO_CREDIT);
    }

    @ParameterizedTest
    @CsvSource({
        "openrouter_credits, ACCOUNT_CREDIT",
        "openrouter_key_limit, ACCOUNT_CREDIT",
        "openrouter_guardrail_budget, ACCOUNT_CREDIT",
        "openrouter_workspace_budget, ACCOUNT_CREDIT",
        "openrouter_in_flight_budget, BUSY",
        "something_new, NO_CREDIT"
    })
    void the_source_of_the_limit_tells(String source, FailureKind kind) {
        assertThat(read(402, sourced("No", source)).kind()).isEqualTo(kind);
    }

    @Test
    void a_price_counts_more_than_the_source() {
        assertThat(read(402, sourced("You can only afford 2 tokens", "openrouter_credits"))
                        .kind())
                .isEqualTo(FailureKind.NO_CREDIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openrouter_key_limit", "openrouter_guardrail_budget", "openrouter_workspace_budget"})
    void a_budget_that_is_named_is_the_accounts_whatever_is_said_of_a_price(String source) {
        assertThat(read(402, sourced("This request requires more credits, or fewer max_tokens.", source))
                        .kind())
                .isEqualTo(FailureKind.ACCOUNT_CREDIT);
    }

    @ParameterizedTest
    @CsvSource({
        "openrouter_free_tier_per_minute, MINUTE_SPENT",
        "openrouter_free_tier_daily, DAY_SPENT",
        "upstream_provider_shared_pool, POOL_LIMITED",
        "openrouter_shared_capacity, RATE_LIMITED",
        "openrouter_credits, ACCOUNT_CREDIT",
        "openrouter_key_limit, ACCOUNT_CREDIT",
        "openrouter_guardrail_budget, ACCOUNT_CREDIT",
        "openrouter_workspace_budget, ACCOUNT_CREDIT",
        "openrouter_in_flight_budget, BUSY"
    })
    void the_source_of_the_limit_tells_whatever_the_status(String source, FailureKind kind) {
        for (int status : new int[] {400, 402, 403, 429, 503}) {
            assertThat(read(status, sourced("No", source)).kind())
                    .as("status " + status)
                    .isEqualTo(kind);
        }
    }

    @Test
    void what_runs_at_this_moment_passes_whatever_is_said_of_a_price() {
        assertThat(read(402, sourced("You can only afford 2 tokens", "openrouter_in_flight_budget"))
                        .kind())
                .isEqualTo(FailureKind.BUSY);
    }

    @Test
    void one_request_that_is_dearer_than_all_that_may_be_spent_has_a_price() {
        ObjectNode error = sourced("No", "openrouter_credits");
        ((ObjectNode) error.path("metadata")).put("reason", "weight_exceeds_budget");
        assertThat(read(402, error).kind()).isEqualTo(FailureKind.NO_CREDIT);
    }

    @Test
    void a_providers_empty_purse_is_not_ours() {
        ObjectNode error = error("Insufficient credits");
        error.putObject("metadata").put("provider_name", "Somebody");
        assertThat(read(402, error).kind()).isEqualTo(FailureKind.NO_CREDIT);
    }

    @Test
    void what_a_provider_says_of_keys_is_not_about_ours() {
        ObjectNode error = error("Provider returned error");
        error.putObject("metadata").put("raw", "Key limit exceeded");
        assertThat(read(403, error).kind()).isEqualTo(FailureKind.REFUSED_BY_PROVIDER);
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 403})
    void what_stops_everything_is_told_in_the_upstreams_words_without_the_key(int status) {
        Failure failure = read(status, error("Key limit exceeded (total limit) for sk-hidden"));
        assertThat(failure.kind()).isEqualTo(FailureKind.ACCOUNT_CREDIT);
        assertThat(failure.reply())
                .contains(new Failure.Reply(
                        "application/json",
                        "{\"error\":{\"message\":\"Key limit exceeded (total limit) for [redacted]\"}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "Key limit exceeded (daily limit), ACCOUNT_CREDIT",
        "maker/model-2.0:free is only available on agentic harnesses. Try another, NOT_FOUND",
        "This model requires you to complete the following before use: age confirmation, NOT_FOUND",
        "Access is only available to some, REJECTED",
        "Your input was flagged, REJECTED",
        "'', REJECTED"
    })
    void a_403_may_be_the_keys_the_models_or_the_requests(String message, FailureKind kind) {
        assertThat(read(403, error(message)).kind()).isEqualTo(kind);
    }

    @Test
    void a_403_may_name_its_source() {
        assertThat(read(403, sourced("No", "openrouter_key_limit")).kind()).isEqualTo(FailureKind.ACCOUNT_CREDIT);
    }

    @ParameterizedTest
    @CsvSource({
        "Key limit exceeded (total limit), 403, ACCOUNT_CREDIT",
        "Insufficient credits. Add more, 402, CREDIT_REFUSED",
        "No endpoints found matching your data policy (Free model training), 404, PRIVACY"
    })
    void inside_an_answer_no_number_is_needed(String message, int status, FailureKind kind) {
        Failure failure = Errors.inside(
                        reader,
                        ExactJson.object("{\"error\":" + error(message) + "}").orElseThrow(),
                        NOW)
                .orElseThrow();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(OptionalInt.of(status));
        assertThat(failure.reply()).isPresent();
    }

    @Test
    void a_word_for_a_code_is_a_status_too() {
        ObjectNode error = error("No").put("code", "payment_required");
        Optional<Failure> failure = Errors.inside(
                reader, ExactJson.object("{\"error\":" + error + "}").orElseThrow(), NOW);
        assertThat(failure.orElseThrow().cause()).isEqualTo("402 wants credit");
    }
}

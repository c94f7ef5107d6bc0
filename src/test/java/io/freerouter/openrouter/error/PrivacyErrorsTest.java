package io.freerouter.openrouter.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a 404 is about the account's privacy settings. */
class PrivacyErrorsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final FailureReader reader = new FailureReader(text -> text.replace("sk-hidden", "[redacted]"));

    private Failure read(String error) {
        String body = ("{'error':" + error + "}").replace('\'', '"');
        return reader.read(404, name -> null, "application/json", body, NOW);
    }

    private FailureKind kind(String error) {
        return read(error).kind();
    }

    private static String message(String message) {
        return "{'message':'" + message + "'}";
    }

    private static String availability(String code, String reasons) {
        return "{'message':'None','availability':{'code':'" + code + "','excluded_by':[" + reasons + "]}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No endpoints found matching your data policy (Free model publication). Configure: https://example.org/",
                "No endpoints available matching your guardrail restrictions and data policy.",
                "0 endpoints out of 1 requested are available matching your guardrail restrictions and data policy. We"
                        + " removed them for the following reasons:\\nFree model training violation (guardrail): 1 endpoint",
                "0 endpoints out of 2 requested are available matching your guardrail restrictions and data policy. Paid"
                        + " model training violation: 1 endpoint. Free model training violation: 1 endpoint",
                "No endpoints found matching your data policy. ZDR violation (account settings)"
            })
    void a_sentence_of_openrouters_tells(String message) {
        assertThat(kind(message(message))).isEqualTo(FailureKind.PRIVACY);
    }

    @Test
    void whoever_falls_under_the_settings_for_paid_models_is_not_free() {
        assertThat(kind(message("0 endpoints out of 1 requested are available matching your guardrail restrictions and"
                        + " data policy. Paid model training violation (account settings): 1 endpoint")))
                .isEqualTo(FailureKind.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "privacy_restricted, '', PRIVACY",
        "privacy_restricted, 'max_price', PRIVACY",
        "constraint_filtered, 'data_policy:zdr', PRIVACY",
        "constraint_filtered, 'data_policy:zdr,data_policy:training', PRIVACY",
        "constraint_filtered, 'data_policy:training,max_price', NOT_FOUND",
        "constraint_filtered, 'max_price', NOT_FOUND",
        "constraint_filtered, 'geo', NOT_FOUND",
        "constraint_filtered, 'quantization', UNSUITED",
        "free_variant_ended, '', NOT_FOUND"
    })
    void what_keeps_every_endpoint_out_tells(String code, String reasons, FailureKind kind) {
        String list = reasons.isEmpty() ? "" : "'" + reasons.replace(",", "','") + "'";
        assertThat(kind(availability(code, list))).isEqualTo(kind);
    }

    @Test
    void it_is_told_in_the_upstreams_words_without_the_key() {
        Failure failure = read(message("No endpoints found matching your data policy, sk-hidden"));
        assertThat(failure.reply())
                .map(Failure.Reply::body)
                .contains("{\"error\":{\"message\":\"No endpoints found matching your data policy, [redacted]\"}}");
    }

    @Test
    void what_a_provider_says_is_not_about_the_account() {
        assertThat(kind("{'message':'Not matching your data policy','metadata':{'provider_name':'Somebody'}}"))
                .isEqualTo(FailureKind.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "request\\u0027s provider.only preference, UNSUITED",
        "account\\u0027s allowed-providers setting, NOT_FOUND"
    })
    void whose_choice_leaves_its_providers_out_is_told_apart(String whose, FailureKind kind) {
        assertThat(kind(message("No allowed providers are available for the selected model, but your " + whose
                        + " permits only: b")))
                .isEqualTo(kind);
    }
}

package io.freerouter.openrouter.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.FailureKind.Verdict;
import io.freerouter.openrouter.json.ExactJson;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every error, whatever is in it. */
class ClassifierPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final FailureReader reader = new FailureReader(text -> text);

    private Failure read(int status, ObjectNode error) {
        return reader.read(status, name -> null, null, "{\"error\":" + error + "}", NOW);
    }

    private Optional<Failure> inside(ObjectNode error) {
        return Errors.inside(
                reader, ExactJson.object("{\"error\":" + error + "}").orElseThrow(), NOW);
    }

    @Property
    void an_error_that_names_a_provider_never_ends_the_request(
            @ForAll("errors") ObjectNode error, @ForAll("statuses") int status) {
        ObjectNode providers = error.deepCopy();
        providers.withObject("metadata").put("provider_name", "Somebody");

        assertThat(read(status, providers).kind().verdict()).isNotEqualTo(Verdict.STOP);
        assertThat(inside(providers))
                .hasValueSatisfying(
                        failure -> assertThat(failure.kind().verdict()).isNotEqualTo(Verdict.STOP));
    }

    @Property
    void what_ends_the_request_has_a_status_and_what_is_kept_may_be_shown(
            @ForAll("errors") ObjectNode error, @ForAll("statuses") int status) {
        Failure response = read(status, error);
        assertThat(response.status()).hasValue(status);
        assertThat(response.reply().isPresent()).isEqualTo(response.kind().keepsReply());
        inside(error).ifPresent(failure -> {
            assertThat(failure.kind().verdict() != Verdict.STOP
                            || failure.status().isPresent())
                    .isTrue();
            assertThat(failure.reply().isPresent()).isEqualTo(failure.kind().keepsReply());
        });
    }

    @Property
    void only_lengths_and_limits_have_a_number(@ForAll("errors") ObjectNode error, @ForAll("statuses") int status) {
        Failure failure = read(status, error);
        boolean counted = failure.kind() == FailureKind.TOO_LONG
                || failure.kind() == FailureKind.OUTPUT_TOO_LONG
                || failure.kind().spent().isPresent();
        assertThat(counted || failure.limit().isEmpty()).isTrue();
        failure.limit().ifPresent(limit -> assertThat(limit).isPositive());
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.integers().between(400, 599);
    }

    @Provide
    Arbitrary<ObjectNode> errors() {
        Arbitrary<String> codes =
                Arbitraries.of("400", "401", "402", "403", "404", "429", "500", "invalid_prompt", "server_error");
        return Combinators.combine(
                        codes, phrases(), phrases().injectNull(0.5), metadata().injectNull(0.5))
                .as((code, message, raw, source) -> {
                    ObjectNode error = JsonNodeFactory.instance.objectNode();
                    error.put("code", code).put("message", message);
                    if (raw != null) {
                        error.withObject("metadata").put("raw", raw);
                    }
                    if (source != null) {
                        error.withObject("metadata").put("limit_source", source).put("error_type", source);
                    }
                    return error;
                });
    }

    private static Arbitrary<String> metadata() {
        return Arbitraries.of(
                "openrouter_credits",
                "openrouter_key_limit",
                "openrouter_free_tier_daily",
                "upstream_provider_shared_pool",
                "invalid_prompt",
                "content_policy_violation",
                "context_length_exceeded",
                "max_tokens_exceeded",
                "authentication");
    }

    private static Arbitrary<String> phrases() {
        Arbitrary<String> seen = Arbitraries.of(
                "Provider returned error",
                "Key limit exceeded (total limit)",
                "Insufficient credits. Add more",
                "Your account has a negative balance",
                "No endpoints found matching your data policy (Free model training)",
                "Rate limit exceeded: free-models-per-day",
                "max_tokens must be <= 0",
                "max_tokens is [1, 8192]",
                "maximum context length is 8192 tokens. However, you requested 9000 tokens (1000 in the messages, 8000 in the"
                        + " completion)",
                "prompt is too long: 9 tokens > 8 maximum",
                "invalid x-api-key",
                "User not found.");
        return Arbitraries.oneOf(
                seen, seen.list().ofMaxSize(4).map(all -> String.join(" ", all)), Arbitraries.strings());
    }
}

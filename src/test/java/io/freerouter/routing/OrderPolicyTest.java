package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.testing.TestModels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderPolicyTest {
    private static final Model ROUTER = TestModels.able(new ModelId("groq/router:free"), "Router", 0, 9, 0, true, 1);

    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private final ModelStatistics statistics = new ModelStatistics();

    @Test
    void by_context_free_variants_come_first_then_the_larger_context() {
        assertThat(sorted(
                        OrderPolicy.CONTEXT,
                        Models.withContext("plain", 9),
                        Models.withContext("unknown:free", 0),
                        Models.withContext("small:free", 1),
                        Models.withContext("large:free", 2)))
                .containsExactly("large:free", "small:free", "unknown:free", "plain");
    }

    @Test
    void by_speed_the_fast_providers_come_first_then_the_smaller_context() {
        assertThat(sorted(
                        OrderPolicy.SPEED,
                        Models.withContext("unknown:free", 0),
                        Models.withContext("large:free", 2),
                        Models.withContext("small:free", 1),
                        Models.withContext("mistralai/m:free", 9),
                        Models.withContext("togethercomputer/t", 9),
                        Models.withContext("fireworks/f", 9),
                        Models.withContext("cerebras/unknown", 0),
                        Models.withContext("cerebras/c", 9),
                        Models.withContext("groq/g", 9)))
                .containsExactly(
                        "groq/g",
                        "cerebras/c",
                        "cerebras/unknown",
                        "fireworks/f",
                        "togethercomputer/t",
                        "mistralai/m:free",
                        "small:free",
                        "large:free",
                        "unknown:free");
    }

    @ParameterizedTest
    @CsvSource({
        "mistralai/small:free, Small",
        "x/y:free, Mistral: Small (free)",
        "x/y:free, Small on GROQ",
        "x-cerebras/y, Small",
        "together, Small"
    })
    void a_fast_provider_is_known_by_the_words_of_the_author_and_of_the_name(String id, String name) {
        assertThat(sorted(OrderPolicy.SPEED, Models.named("other", "Other"), Models.named(id, name)))
                .startsWith(id);
    }

    @ParameterizedTest
    @CsvSource({"x/groq:free, Small", "x/y, Altogether", "x-ai/grok, Grok"})
    void other_words_make_no_provider_fast(String id, String name) {
        assertThat(sorted(OrderPolicy.SPEED, Models.named("other", "Other"), Models.named(id, name)))
                .endsWith(id);
    }

    @Test
    void by_experience_free_variants_come_first_then_the_higher_score_then_the_larger_context() {
        assertThat(sorted(
                        OrderPolicy.ADAPTIVE,
                        Models.withQuality("plain", 1),
                        Models.withContext("small:free", 1),
                        Models.withContext("large:free", 2),
                        Models.withQuality("good:free", 0.2),
                        Models.withQuality("better:free", 0.3)))
                .containsExactly("better:free", "good:free", "large:free", "small:free", "plain");
    }

    @ParameterizedTest
    @EnumSource
    void routers_come_last(OrderPolicy policy) {
        assertThat(sorted(policy, ROUTER, Models.withContext("plain", 0))).containsExactly("plain", "groq/router:free");
    }

    @ParameterizedTest
    @EnumSource
    void models_that_are_alike_keep_their_order(OrderPolicy policy) {
        assertThat(sorted(policy, Models.withContext("b", 1), Models.withContext("a", 1)))
                .containsExactly("b", "a");
    }

    @Test
    void a_score_that_changes_meanwhile_is_taken_once() {
        AtomicInteger taken = new AtomicInteger();
        List<Model> models = Stream.of("a", "b", "c", "d", "e")
                .map(id -> Models.withContext(id, 1))
                .toList();

        OrderPolicy.ADAPTIVE.sorted(models, model -> taken.incrementAndGet());

        assertThat(taken).hasValue(models.size());
    }

    @Test
    void by_speed_what_was_measured_goes_before_what_the_name_promises() {
        took("groq/g", 8);
        took("slow:free", 5);
        took("quick:free", 1);

        assertThat(sorted(
                        OrderPolicy.SPEED,
                        Models.withContext("groq/g", 1),
                        Models.withContext("slow:free", 1),
                        Models.withContext("unknown:free", 1),
                        Models.withContext("quick:free", 1)))
                .containsExactly("quick:free", "unknown:free", "slow:free", "groq/g");
    }

    @Test
    void by_speed_a_model_that_fails_is_waited_for_longer() {
        took("flaky:free", 1);
        took("steady:free", 1);
        IntStream.range(0, 3).forEach(n -> statistics.results().failed(new ModelId("flaky:free"), NOW));

        assertThat(sorted(OrderPolicy.SPEED, Models.withContext("flaky:free", 1), Models.withContext("steady:free", 1)))
                .containsExactly("steady:free", "flaky:free");
    }

    @Test
    void by_speed_what_was_measured_long_ago_is_forgotten() {
        took("slow:free", 8);

        assertThat(OrderPolicy.SPEED.sorted(
                        List.of(Models.withContext("slow:free", 1), Models.withContext("other:free", 2)),
                        statistics,
                        true,
                        NOW.plus(Duration.ofHours(5))))
                .extracting(model -> model.id().value())
                .containsExactly("slow:free", "other:free");
    }

    private void took(String model, long seconds) {
        IntStream.range(0, 3)
                .forEach(n -> statistics.latencies().took(new ModelId(model), true, Duration.ofSeconds(seconds), NOW));
    }

    private List<String> sorted(OrderPolicy policy, Model... models) {
        return policy.sorted(List.of(models), statistics, true, NOW).stream()
                .map(model -> model.id().value())
                .toList();
    }
}

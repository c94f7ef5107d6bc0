package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderPolicyTest {
    private static final Model ROUTER = new Model(new ModelId("groq/router:free"), "Router", 0, 9, 0, true, 1);

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

        models.stream()
                .sorted(OrderPolicy.ADAPTIVE.comparator(model -> taken.incrementAndGet()))
                .toList();

        assertThat(taken).hasValue(models.size());
    }

    private static List<String> sorted(OrderPolicy policy, Model... models) {
        return Stream.of(models)
                .sorted(policy.comparator(Model::quality))
                .map(model -> model.id().value())
                .toList();
    }
}

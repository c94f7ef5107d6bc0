package io.freerouter.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.TestModels;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private final Catalog catalog = catalog("a/x:free", "b/y", "c/both", "c/both:free");

    private static Catalog catalog(String... ids) {
        return new Catalog(Stream.of(ids).map(id -> model(id, 0)).toList(), NOW);
    }

    private static Model model(String id, long context) {
        return TestModels.able(new ModelId(id), id, 0, context, 0, false, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "a/x:free,        a/x:free",
        "a/x,             a/x:free",
        "b/y,             b/y",
        "c/both,          c/both",
        "b/y:online,      b/y",
        "a/x:nitro,       a/x:free",
        "a/x:free:online, a/x:free",
        "a/x:floor:exacto, a/x:free",
        "A/X:Free,        a/x:free",
        "A/x,             a/x:free",
        "B/Y,             b/y",
        "C/Both:FREE,     c/both:free",
        "B/Y:Online,      b/y"
    })
    void a_name_leads_to_the_free_model_that_is_meant(String name, String id) {
        assertThat(catalog.resolve(name)).map(model -> model.id().value()).contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "auto", "x", "b/y:free", "a/x:free:free", ":online", ":free", "a/"})
    void other_names_lead_to_none(String name) {
        assertThat(catalog.resolve(name)).isEmpty();
    }

    @Test
    void a_name_in_another_case_leads_nowhere_if_it_may_mean_two_models() {
        Catalog alike = catalog("a/x:free", "A/X:free", "A/Y:free");
        assertThat(alike.resolve("A/X:free")).map(model -> model.id().value()).contains("A/X:free");
        assertThat(alike.resolve("a/X:free")).isEmpty();
        assertThat(alike.resolve("a/y")).isPresent();
    }

    @Test
    void a_name_may_have_any_number_of_suffixes() {
        assertThat(catalog.resolve("b/y" + ":nitro:floor".repeat(100_000))).isPresent();
    }

    @Test
    void whether_a_model_is_free_is_asked_by_its_exact_id() {
        assertThat(catalog.contains(new ModelId("a/x"))).isFalse();
    }

    @Test
    void models_keep_the_upstreams_order() {
        assertThat(catalog.models())
                .extracting(model -> model.id().value())
                .containsExactly("a/x:free", "b/y", "c/both", "c/both:free");
    }

    @Test
    void of_two_models_with_one_id_the_first_counts() {
        Catalog twice = new Catalog(List.of(model("a", 1), model("a", 2)), NOW);

        assertThat(twice.models()).containsExactly(model("a", 1));
    }
}

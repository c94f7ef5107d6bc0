package io.freerouter.openrouter.list;

import static io.freerouter.catalog.Ability.IMAGES;
import static io.freerouter.catalog.Ability.REASONING;
import static io.freerouter.catalog.Ability.RESPONSE_FORMAT;
import static io.freerouter.catalog.Ability.STRUCTURED_OUTPUTS;
import static io.freerouter.catalog.Ability.TOOLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.CatalogRules;
import io.freerouter.catalog.FreePolicy;
import io.freerouter.catalog.Listing;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingReaderTest {
    @Test
    void a_real_looking_catalog_loses_only_its_broken_row() throws IOException {
        assertThat(ListingReader.read(catalog())).hasSize(11);
    }

    @Test
    void a_row_is_kept_as_it_was_written_unless_it_is_very_long() {
        String row = "{\"id\":\"a\",\"new\":{\"member\":[1.50,null]}}";
        assertThat(only(row).row().get()).isEqualTo(row);
        assertThat(only("{'id': 'a', 'description': '" + "x".repeat(40_000) + "'}")
                        .row()
                        .get())
                .isEmpty();
    }

    @Test
    void a_list_of_more_values_than_any_is_refused_before_it_takes_all_memory() {
        byte[] crowd = ("{\"data\":[" + "{},".repeat(600_000) + "{}]}").getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(MalformedResourceException.class).isThrownBy(() -> ListingReader.read(crowd));
    }

    @Test
    void the_free_chat_models_of_a_catalog_are_found_in_order() throws IOException {
        assertThat(free("2026-11-22T00:00:00Z"))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("row")
                .containsExactly(
                        model(
                                "acorn/oak-large:free",
                                "Acorn: Oak Large (free)",
                                1788220800,
                                131072,
                                32768,
                                TOOLS,
                                IMAGES,
                                REASONING),
                        model("birch-labs/sapling-9b:free", "Birch Labs: Sapling 9B (free)", 1784678400, 32768, 0),
                        model(
                                "cedar/horizon-1m:free",
                                "Cedar: Horizon 1M (free)",
                                1792108800,
                                1000000,
                                65536,
                                TOOLS,
                                RESPONSE_FORMAT,
                                STRUCTURED_OUTPUTS),
                        model("dune/sirocco-preview", "Dune: Sirocco Preview", 1794700800, 128000, 16384, TOOLS),
                        model(
                                "openrouter/free",
                                "Free Models Router",
                                1769904000,
                                200000,
                                0,
                                TOOLS,
                                IMAGES,
                                REASONING));
    }

    @Test
    void a_model_is_gone_when_the_day_announced_for_it_is_over() throws IOException {
        assertThat(free("2027-02-01T00:00:00Z"))
                .extracting(model -> model.id().value())
                .hasSize(4)
                .doesNotContain("birch-labs/sapling-9b:free");
    }

    private static List<Model> free(String now) throws IOException {
        return new FreePolicy(CatalogRules.STANDARD).models(ListingReader.read(catalog()), Instant.parse(now));
    }

    @Test
    void a_row_with_nothing_but_an_id_is_read() {
        Listing listing = only("{'id': 'a/b'}");

        assertThat(listing.name()).isEqualTo("a/b");
        assertThat(listing.contextLength()).isZero();
        assertThat(listing.outputs()).isEmpty();
        assertThat(listing.prices().readable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "100, 50, 50",
        "50, 100, 50",
        "100, null, 100",
        "null, 100, 100",
        "100, 0, 100",
        "-5, 100, 100",
        "null, null, 0",
        "'\"4096\"', null, 4096",
        "4096.0, null, 4096",
        "1e999999999, 100, 100",
        "1e-999999999, 100, 100",
        "1e99999999999, 100, 100",
        "9223372036854775808, 100, 100",
        "true, [], 0"
    })
    void the_context_is_the_smaller_of_what_model_and_provider_allow(String model, String provider, long effective) {
        String row = "{'id': 'a', 'context_length': %s, 'top_provider': {'context_length': %s}}";

        assertThat(only(row.formatted(model, provider)).contextLength()).isEqualTo(effective);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "''", "'  '", "{}"})
    void a_name_that_says_nothing_gives_way_to_the_id(String name) {
        assertThat(only("{'id': 'a/b', 'name': %s}".formatted(name)).name()).isEqualTo("a/b");
    }

    @Test
    void the_older_form_of_modality_tells_the_outputs() {
        assertThat(outputs("{'modality': 'text+image->text+audio'}")).containsExactlyInAnyOrder("text", "audio");
    }

    @Test
    void the_newer_form_of_modality_outweighs_the_older() {
        assertThat(outputs("{'modality': 'text->text', 'output_modalities': ['image']}"))
                .containsExactly("image");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{'modality': null}",
                "{'modality': 'text'}",
                "{'modality': 'text->text->text'}",
                "{'modality': 'text->text', 'output_modalities': 'text'}",
                "{'modality': 'text->text', 'output_modalities': {'a': 'text'}}",
                "{'modality': 'text->text', 'output_modalities': ['text', 7]}",
                "{'modality': 'text->text', 'output_modalities': []}"
            })
    void outputs_that_cannot_be_told_are_unknown(String architecture) {
        assertThat(outputs(architecture)).isEmpty();
    }

    @Test
    void inputs_are_told_in_the_newer_form_or_else_in_the_older() {
        assertThat(inputs("{'modality': 'text+file->text', 'input_modalities': ['text', 'audio']}"))
                .contains(Set.of("text", "audio"));
        assertThat(inputs("{'modality': 'text+file->text', 'input_modalities': null}"))
                .contains(Set.of("text", "file"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{'modality': 'text'}",
                "{'modality': 'text->text', 'input_modalities': 'text'}",
                "{'modality': 'text->text', 'input_modalities': ['text', null]}",
                "{'modality': 'text->text', 'input_modalities': []}"
            })
    void inputs_that_cannot_be_told_are_unknown(String architecture) {
        assertThat(inputs(architecture)).isEmpty();
    }

    @Test
    void parameters_are_told_in_an_array() {
        assertThat(parameters("['tools', 'seed', 'tools']")).contains(Set.of("tools", "seed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "'tools'", "['tools', 7]", "{'tools': true}"})
    void parameters_that_cannot_be_told_are_unknown(String parameters) {
        assertThat(parameters(parameters)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-08-24", "2026-08-24T14:00:00Z", "2026-08-24 14:00"})
    void the_last_day_is_a_date_or_that_of_a_moment(String date) {
        assertThat(expires("'" + date + "'")).contains(LocalDate.parse("2026-08-24"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "''", "7", "20260824", "'2026-02-30'", "'soon'", "'24.08.2026'", "['2026-08-24']"})
    void a_last_day_that_is_no_date_is_unknown(String date) {
        assertThat(expires(date)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "7",
                "[]",
                "{}",
                "<html><body>Bad gateway</body></html>",
                "{'data': null}",
                "{'data': {}}",
                "{'data': []}",
                "{'data': [null, 1, 'a/b', [], {}, {'id': 7}, {'id': null}]}",
                "{'data': [{'id': 'a/b'}]",
                "{'data': [{'id': 'a/b'}]} and more",
                "{'data': [{'id': 'a/b'}], 'data': []}",
                "{'error': {'code': 500, 'message': 'secret'}}"
            })
    void what_is_no_model_list_is_refused_in_words_of_our_own(String body) {
        assertThatExceptionOfType(MalformedResourceException.class)
                .isThrownBy(() -> ListingReader.read(bytes(body)))
                .withMessageStartingWith("The model list ")
                .withMessageNotContainingAny("html", "secret", "a/b")
                .withNoCause();
    }

    @Test
    void a_list_that_may_have_no_rows_is_read_without_any() {
        assertThat(ListingReader.readAny(bytes("{'data': []}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'data': [null, 1]}"})
    void a_list_that_may_have_no_rows_has_to_be_one_all_the_same(String body) {
        assertThatExceptionOfType(MalformedResourceException.class)
                .isThrownBy(() -> ListingReader.readAny(bytes(body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{'data':[", "{'data':{'a':", "{'a':"})
    void an_endless_descent_is_refused_without_overflowing_the_stack(String step) {
        assertThatExceptionOfType(MalformedResourceException.class)
                .isThrownBy(() -> ListingReader.read(bytes(step.repeat(200_000))));
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 1_000, 50_000})
    void a_row_nested_too_deep_does_not_lose_the_others(int depth) {
        String deep = "{'id': 'deep', 'pricing': " + "[".repeat(depth) + "]".repeat(depth) + "}";

        assertThat(ids(List.of("{'id': 'a'}", deep, "{'id': 'z'}"))).containsExactly("a", "deep", "z");
    }

    @Test
    void a_row_of_huge_texts_does_not_lose_the_others() {
        String huge = "1".repeat(1 << 20);
        String row = "{'id': %s, '%s': 1, 'created': '%s'}".formatted(huge, huge, huge);

        assertThat(ids(List.of("{'id': 'a'}", row, "{'id': 'z'}"))).containsExactly("a", "z");
    }

    @Property
    void rows_of_garbage_never_lose_the_good_ones(@ForAll("garbage") List<String> garbage) {
        List<String> rows = new ArrayList<>(List.of("{'id': 'good/a'}"));
        rows.addAll(garbage);
        rows.add("{'id': 'good/b'}");

        assertThat(ids(rows)).filteredOn(id -> id.startsWith("good/")).containsExactly("good/a", "good/b");
    }

    @Provide
    Arbitrary<List<String>> garbage() {
        Arbitrary<String> atom = Arbitraries.of(
                "null", "true", "-1", "0.5", "1e400", "1e99999999999", "''", "'\\u0000'", "'text'", "'9'", "{}", "[]");
        Arbitrary<String> field = Arbitraries.of(
                "id",
                "name",
                "created",
                "context_length",
                "architecture",
                "output_modalities",
                "modality",
                "pricing",
                "overrides",
                "prompt",
                "top_provider",
                "input_modalities",
                "supported_parameters",
                "expiration_date",
                "benchmarks",
                "artificial_analysis",
                "agentic_index");
        return Arbitraries.recursive(() -> atom, inner -> nested(field, inner), 0, 4)
                .list()
                .ofMaxSize(8);
    }

    private static Arbitrary<String> nested(Arbitrary<String> field, Arbitrary<String> inner) {
        Arbitrary<String> pairs = Combinators.combine(field, inner).as("'%s': %s"::formatted);
        return Arbitraries.oneOf(
                inner.list().ofMaxSize(3).map(items -> "[" + String.join(",", items) + "]"),
                pairs.list().ofMaxSize(5).map(items -> "{" + String.join(",", items) + "}"));
    }

    private static List<String> ids(List<String> rows) {
        return ListingReader.read(bytes("{'data': [" + String.join(",", rows) + "]}")).stream()
                .map(Listing::id)
                .toList();
    }

    private static Set<String> outputs(String architecture) {
        return only("{'id': 'a', 'architecture': %s}".formatted(architecture)).outputs();
    }

    private static Optional<Set<String>> inputs(String architecture) {
        return only("{'id': 'a', 'architecture': %s}".formatted(architecture)).inputs();
    }

    private static Optional<Set<String>> parameters(String parameters) {
        return only("{'id': 'a', 'supported_parameters': %s}".formatted(parameters))
                .parameters();
    }

    private static Optional<LocalDate> expires(String date) {
        return only("{'id': 'a', 'expiration_date': %s}".formatted(date)).expires();
    }

    private static Listing only(String row) {
        return ListingReader.read(bytes("{'data': [" + row + "]}")).get(0);
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] catalog() throws IOException {
        try (InputStream file = ListingReaderTest.class.getResourceAsStream("/catalog.json")) {
            return file.readAllBytes();
        }
    }

    private static Model model(
            String id, String name, long created, long contextLength, long maxOutput, Ability... abilities) {
        boolean router = id.startsWith("openrouter/");
        return new Model(
                new ModelId(id), name, created, contextLength, maxOutput, router, 0, Set.of(abilities), Set.of(), "");
    }
}

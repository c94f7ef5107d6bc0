package io.freerouter.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreePolicyTest {
    private static final Instant NOW = Instant.parse("2026-08-24T23:59:59Z");
    private static final FreePolicy POLICY = new FreePolicy(CatalogRules.STANDARD);

    @Test
    void a_free_listing_becomes_a_model_with_all_that_was_listed() {
        Listing listing = new Listing(
                "a/b:free",
                "B",
                1,
                2,
                3,
                Optional.of(Set.of("text", "image")),
                Set.of("text"),
                Optional.of(Set.of("tools")),
                true,
                Listings.ZERO,
                0.5,
                Optional.empty(),
                () -> "");

        assertThat(model(listing))
                .contains(new Model(
                        new ModelId("a/b:free"),
                        "B",
                        1,
                        2,
                        3,
                        true,
                        0.5,
                        Set.of(Ability.TOOLS, Ability.IMAGES),
                        Set.of(),
                        ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt", "completion"})
    void without_a_price_for_both_prompt_and_completion_nothing_is_free(String only) {
        assertThat(model(new Prices(Listings.zero(only, "request"), true, List.of())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1", "1e-400", "1e999999999", "-1e-999999999", "0.00000000000000000001"})
    void any_price_but_zero_costs(String amount) {
        assertThat(model(Listings.with("prompt", amount))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "0e0", "-0", "0e999999999", "0.000"})
    void zero_is_free_however_it_is_written(String amount) {
        assertThat(model(Listings.with("web_search", amount))).isPresent();
    }

    @Property
    void a_single_price_that_is_not_zero_makes_it_paid_whatever_is_paid_for(
            @ForAll @AlphaChars @StringLength(min = 1, max = 20) String key, @ForAll BigDecimal amount) {
        Assume.that(amount.signum() != 0);

        assertThat(model(Listings.with(key, amount.toString()))).isEmpty();
    }

    @Property
    void any_number_of_zero_prices_is_free(@ForAll Set<@AlphaChars @StringLength(max = 20) String> keys) {
        Map<String, BigDecimal> amounts = Listings.zero(keys.toArray(String[]::new));
        amounts.putAll(Listings.ZERO.amounts());

        assertThat(model(new Prices(amounts, true, List.of()))).isPresent();
    }

    @Test
    void zero_prices_beside_one_that_cannot_be_read_are_not_free() {
        assertThat(model(new Prices(Listings.ZERO.amounts(), false, List.of()))).isEmpty();
    }

    @Test
    void overrides_that_cost_nothing_are_free() {
        assertThat(model(Listings.withOverride(Listings.ZERO))).isPresent();
    }

    @Test
    void an_override_that_costs_something_is_not_free() {
        assertThat(model(Listings.withOverride(Listings.with("audio", "0.1")))).isEmpty();
    }

    @Test
    void an_override_that_cannot_be_read_is_not_free() {
        assertThat(model(Listings.withOverride(Prices.UNREADABLE))).isEmpty();
    }

    @Test
    void what_answers_with_text_alone_chats() {
        assertThat(model(Listings.answering("text"))).isPresent();
    }

    @Test
    void what_answers_with_more_or_other_than_text_does_not_chat() {
        Stream<Listing> others = Stream.of(
                Listings.answering("text", "audio"),
                Listings.answering("text", "image"),
                Listings.answering("embeddings"),
                Listings.answering("Text"),
                Listings.answering());

        assertThat(POLICY.models(others.toList(), NOW)).isEmpty();
    }

    @Test
    void what_answers_with_embeddings_alone_is_a_model_for_embeddings() {
        FreePolicy policy = new FreePolicy(CatalogRules.STANDARD, ModelPurpose.EMBEDDINGS);
        List<Listing> listings = List.of(
                Listings.answering("text"), Listings.answering("text", "embeddings"), Listings.answering("embeddings"));
        assertThat(listings)
                .map(listing -> policy.model(listing, NOW).isPresent())
                .containsExactly(false, false, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nvidia/nemotron-3.5-content-safety:free",
                "openai/gpt-oss-safeguard-20b",
                "meta-llama/llama-guard-4-12b",
                "google/shieldgemma-9b",
                "qwen/Qwen3Guard-Gen-8B",
                "x/text-moderation",
                "x/REWARD_70b",
                "x/prompt.shield"
            })
    void a_model_that_judges_texts_does_not_chat(String id) {
        assertThat(model(Listings.withId(id))).isEmpty();
    }

    @Test
    void a_model_is_known_for_a_judge_by_its_name_too() {
        assertThat(model(Listings.withName("Meta: Llama Guard 5 (free)"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x/guardian-storyteller", "x/rewarding", "vanguard/chat", "x/windshields"})
    void a_word_that_only_contains_a_judges_word_is_harmless(String id) {
        assertThat(model(Listings.withId(id))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a/b\r\nX-Header: 1",
                "a/b\t",
                "a\u0000",
                "a\u00a0b",
                "a\u2028b",
                "a\u202eb",
                "a\ud800b",
                "a\"b",
                "a\\b"
            })
    void an_id_that_is_not_safe_to_route_is_no_model(String id) {
        assertThat(model(Listings.withId(id))).isEmpty();
    }

    @Test
    void an_id_of_200_characters_is_a_model() {
        assertThat(model(Listings.withId("a".repeat(200)))).isPresent();
    }

    @Test
    void an_id_of_201_characters_is_no_model() {
        assertThat(model(Listings.withId("a".repeat(201)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-08-24", "2026-08-25", "2098-12-31"})
    void a_model_is_free_up_to_the_end_of_its_last_day(String day) {
        assertThat(model(Listings.expiring(LocalDate.parse(day)))).isPresent();
    }

    @Test
    void a_model_whose_last_day_is_over_is_free_no_more() {
        assertThat(model(Listings.expiring(LocalDate.parse("2026-08-23")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stealth/ox-alpha", "openrouter/owl-alpha", "Stealth/x:free", "openrouter/pony-beta"})
    void a_preview_is_no_model_unless_previews_are_wanted(String id) {
        FreePolicy all = new FreePolicy(new CatalogRules(true, List.of(), List.of()));

        assertThat(model(Listings.withId(id))).isEmpty();
        assertThat(all.model(Listings.withId(id), NOW)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"openrouter/free", "acorn/oak-alpha", "acorn/stealth", "stealthy/oak", "acorn/oak-preview:free"})
    void what_only_sounds_like_a_preview_is_none(String id) {
        assertThat(model(Listings.withId(id))).isPresent();
    }

    @Test
    void a_router_is_no_preview() {
        assertThat(model(Listings.router("openrouter/any"))).isPresent();
    }

    @Property
    void any_id_at_all_is_either_a_model_by_that_id_or_none(@ForAll String id) {
        assertThat(model(Listings.withId(id)).stream())
                .allMatch(model -> model.id().value().equals(id));
    }

    @Property
    void the_free_ones_keep_their_order(@ForAll List<Boolean> free) {
        List<Listing> listings = Stream.iterate(0, index -> index < free.size(), index -> index + 1)
                .map(index -> numbered(index, free.get(index)))
                .toList();

        assertThat(POLICY.models(listings, NOW))
                .extracting(Model::created)
                .isSorted()
                .hasSize((int) free.stream().filter(yes -> yes).count());
    }

    private static Listing numbered(int index, boolean free) {
        Prices prices = free ? Listings.ZERO : Listings.with("request", "1");
        return new Listing(
                "x/" + index,
                "X",
                index,
                0,
                0,
                Optional.empty(),
                Set.of("text"),
                Optional.empty(),
                false,
                prices,
                0,
                Optional.empty(),
                () -> "");
    }

    private static Optional<Model> model(Listing listing) {
        return POLICY.model(listing, NOW);
    }

    private static Optional<Model> model(Prices prices) {
        return model(Listings.priced(prices));
    }

    @Test
    void what_costs_nothing_but_is_no_model_is_left_out_for_a_reason() {
        CatalogRules rules = new CatalogRules(false, List.of(), List.of(new ModelPattern("unwanted/*")));
        List<Listing> listings = List.of(
                Listings.withId("maker/model:free"),
                Listings.withId("stealth/preview"),
                Listings.withId("unwanted/model"),
                Listings.withId("maker/guard"),
                Listings.withId("a b"));

        assertThat(new FreePolicy(rules).leftOut(listings, NOW))
                .extracting(model -> model.id().value() + " " + model.reason())
                .containsExactly("stealth/preview PREVIEW", "unwanted/model DENIED", "maker/guard PURPOSE");
    }

    @Test
    void a_model_that_another_list_names_alone_is_left_out() {
        CatalogRules rules = new CatalogRules(true, List.of(new ModelPattern("wanted/*")), List.of());

        assertThat(new FreePolicy(rules).leftOut(List.of(Listings.withId("maker/model")), NOW))
                .extracting(LeftOutModel::reason)
                .containsExactly(LeftOutModel.Reason.NOT_ALLOWED);
    }

    @Test
    void a_model_whose_last_day_is_over_is_left_out() {
        assertThat(POLICY.leftOut(List.of(Listings.expiring(LocalDate.parse("2026-08-23"))), NOW))
                .extracting(LeftOutModel::reason)
                .containsExactly(LeftOutModel.Reason.EXPIRED);
    }
}

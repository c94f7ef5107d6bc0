package io.freerouter.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
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
    @Test
    void a_free_listing_becomes_a_model_with_all_that_was_listed() {
        Listing listing = new Listing("a/b:free", "B", 1, 2, 3, Set.of("text"), true, Listings.ZERO, 0.5);

        assertThat(FreePolicy.model(listing)).contains(new Model(new ModelId("a/b:free"), "B", 1, 2, 3, true, 0.5));
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
        assertThat(FreePolicy.model(Listings.answering("text"))).isPresent();
    }

    @Test
    void what_answers_with_more_or_other_than_text_does_not_chat() {
        Stream<Listing> others = Stream.of(
                Listings.answering("text", "audio"),
                Listings.answering("text", "image"),
                Listings.answering("embeddings"),
                Listings.answering("Text"),
                Listings.answering());

        assertThat(FreePolicy.models(others.toList())).isEmpty();
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
        assertThat(FreePolicy.model(Listings.withId(id))).isEmpty();
    }

    @Test
    void a_model_is_known_for_a_judge_by_its_name_too() {
        assertThat(FreePolicy.model(Listings.withName("Meta: Llama Guard 5 (free)")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x/guardian-storyteller", "x/rewarding", "vanguard/chat", "x/windshields"})
    void a_word_that_only_contains_a_judges_word_is_harmless(String id) {
        assertThat(FreePolicy.model(Listings.withId(id))).isPresent();
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
        assertThat(FreePolicy.model(Listings.withId(id))).isEmpty();
    }

    @Test
    void an_id_of_200_characters_is_a_model() {
        assertThat(FreePolicy.model(Listings.withId("a".repeat(200)))).isPresent();
    }

    @Test
    void an_id_of_201_characters_is_no_model() {
        assertThat(FreePolicy.model(Listings.withId("a".repeat(201)))).isEmpty();
    }

    @Property
    void any_id_at_all_is_either_a_model_by_that_id_or_none(@ForAll String id) {
        assertThat(FreePolicy.model(Listings.withId(id)).stream())
                .allMatch(model -> model.id().value().equals(id));
    }

    @Property
    void the_free_ones_keep_their_order(@ForAll List<Boolean> free) {
        List<Listing> listings = Stream.iterate(0, index -> index < free.size(), index -> index + 1)
                .map(index -> numbered(index, free.get(index)))
                .toList();

        assertThat(FreePolicy.models(listings))
                .extracting(Model::created)
                .isSorted()
                .hasSize((int) free.stream().filter(yes -> yes).count());
    }

    private static Listing numbered(int index, boolean free) {
        Prices prices = free ? Listings.ZERO : Listings.with("request", "1");
        return new Listing("x/" + index, "X", index, 0, 0, Set.of("text"), false, prices, 0);
    }

    private static Optional<Model> model(Prices prices) {
        return FreePolicy.model(Listings.priced(prices));
    }
}

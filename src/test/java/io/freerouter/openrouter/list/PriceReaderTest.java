package io.freerouter.openrouter.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.freerouter.catalog.CatalogRules;
import io.freerouter.catalog.FreePolicy;
import io.freerouter.catalog.Listing;
import io.freerouter.catalog.Prices;
import io.freerouter.openrouter.json.Decimals;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceReaderTest {
    private static final String MEGABYTE = "0".repeat(1 << 20);

    @Test
    void prices_are_exact() {
        Prices prices = prices("{'prompt': '0.00000000000000000001', 'discount': 0.1}");

        assertThat(prices.amounts())
                .containsEntry("prompt", new BigDecimal("0.00000000000000000001"))
                .containsEntry("discount", new BigDecimal("0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'0'", "'0.0'", "'0e0'", "'-0'", "0", "0.0", "0e0", "-0"})
    void these_are_zero(String price) {
        assertThat(isFree("{'prompt': '0', 'completion': %s}".formatted(price))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'-1'",
                "-1",
                "'1e-400'",
                "1e-400",
                "'1e999999999'",
                "1e999999999",
                "'0e99999999999'",
                "0e99999999999",
                "null",
                "''",
                "' 0'",
                "'free'",
                "'0x0'",
                "'NaN'",
                "true",
                "false",
                "{}",
                "[]",
                "['0']",
                "{'amount': '0'}"
            })
    void these_are_not_zero(String price) {
        assertThat(isFree("{'prompt': '0', 'completion': '0', 'some': %s}".formatted(price)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "'0'", "0", "true", "{}", "{'prompt': '0'}", "{'completion': '0'}"})
    void pricing_that_does_not_name_both_prices_is_not_free(String pricing) {
        assertThat(isFree(pricing)).isFalse();
    }

    @Test
    void a_price_given_twice_is_not_free() {
        assertThat(isFree("{'prompt': '1', 'completion': '0', 'prompt': '0'}")).isFalse();
    }

    @Test
    void a_megabyte_of_digits_is_read_at_once_as_no_price() {
        String pricing = "{'prompt': '%s', 'completion': %s}".formatted(MEGABYTE, "1" + MEGABYTE);

        Assertions.assertTimeout(
                Duration.ofSeconds(1),
                () -> assertThat(prices(pricing).readable()).isFalse());
    }

    @Property
    void no_text_is_too_strange_for_a_price(
            @ForAll @CharRange(from = '0', to = '9') @Chars({'e', 'E', '.', '-', '+', 'x'}) String text) {
        assertThatCode(() -> Decimals.read(text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "[{}]",
                "[{'min_prompt_tokens': 200000, 'prompt': '0', 'completion': '0'}]",
                "[{'max_prompt_tokens': 9, 'utc_start': '06:00', 'utc_end': null, 'prompt': '0'}, {'audio': 0}]"
            })
    void overrides_that_ask_for_nothing_are_free(String overrides) {
        assertThat(isFree("{'prompt': '0', 'completion': '0', 'overrides': %s}".formatted(overrides)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "''",
                "0",
                "false",
                "[null]",
                "['0']",
                "[[]]",
                "[{'min_prompt_tokens': 200000, 'prompt': '0.1'}]",
                "[{'prompt': '0'}, {'prompt': '0', 'image': '-1'}]",
                "[{'min_images': 0}, {'max_images': 4}]",
                "[{'prompt': null}]",
                "[{'prompt': '0', 'overrides': []}]"
            })
    void overrides_that_may_ask_for_something_are_not_free(String overrides) {
        assertThat(isFree("{'prompt': '0', 'completion': '0', 'overrides': %s}".formatted(overrides)))
                .isFalse();
    }

    @Test
    void a_condition_is_a_price_where_it_conditions_nothing() {
        assertThat(isFree("{'prompt': '0', 'completion': '0', 'min_prompt_tokens': 1}"))
                .isFalse();
    }

    private static boolean isFree(String pricing) {
        Listing listing = new Listing(
                "a/b",
                "B",
                0,
                0,
                0,
                Optional.empty(),
                Set.of("text"),
                Optional.empty(),
                false,
                prices(pricing),
                0,
                Optional.empty(),
                () -> "");
        return new FreePolicy(CatalogRules.STANDARD)
                .model(listing, Instant.EPOCH)
                .isPresent();
    }

    private static Prices prices(String pricing) {
        String body = "{'data': [{'id': 'a/b', 'pricing': %s}]}".formatted(pricing);
        return ListingReader.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .get(0)
                .prices();
    }
}

package io.freerouter.openrouter.list;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.CatalogRules;
import io.freerouter.catalog.FreePolicy;
import io.freerouter.catalog.Model;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Catalogs that try to pass off as free what costs something. */
class HostileCatalogPropertyTest {
    private static final FreePolicy POLICY = new FreePolicy(new CatalogRules(true, List.of(), List.of()));

    /** Zero, whoever reads it. */
    private static final List<String> NOTHING =
            List.of("'0'", "0", "0.0", "'0.000'", "-0", "'-0'", "0e5", "'0E-20'", "'+0'", "'\\u0030'");

    /** A price, or what may be read as one, or what cannot be read. */
    private static final List<String> SOMETHING = List.of(
            "'0.0000001'",
            "1e-400",
            "'1E-99999'",
            "-1",
            "'-1'",
            "-0.5",
            "1e999999999999",
            "'" + "0".repeat(80) + "'",
            "'0.0.0'",
            "' 0'",
            "'0 '",
            "'0x0'",
            "'0,01'",
            "'0,00'",
            "'0/1'",
            "'0f'",
            "'$0'",
            "'free'",
            "'NaN'",
            "'Infinity'",
            "''",
            "null",
            "true",
            "false",
            "[]",
            "['0']",
            "{}",
            "{'0': '0'}",
            "{'usd': '0.1'}");

    /**
     * A member of a pricing.
     *
     * @param harmless whether it costs nothing for certain
     */
    record Price(String name, String value, boolean harmless) {
        String text() {
            return name + ": " + value;
        }
    }

    @Property(tries = 10_000)
    void no_model_could_cost_anything(@ForAll("pricings") List<Price> pricing, @ForAll("variants") String variant) {
        boolean harmless = pricing.stream().allMatch(Price::harmless) && distinct(pricing) && hasBoth(pricing);

        assertThat(models(pricing, variant)).hasSize(harmless ? 1 : 0);
    }

    private static List<Model> models(List<Price> pricing, String variant) {
        String prices = pricing.stream().map(Price::text).collect(joining(", ", "{", "}"));
        String row = "{'id': 'acorn/oak%s', 'architecture': {'output_modalities': ['text']}, 'pricing': %s}"
                .formatted(variant, prices);
        byte[] body = ("{'data': [" + row + "]}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return POLICY.models(ListingReader.read(body), Instant.EPOCH);
    }

    /** A price given twice is whichever of the two the upstream likes. */
    private static boolean distinct(List<Price> pricing) {
        return pricing.stream().map(Price::name).distinct().count() == pricing.size();
    }

    private static boolean hasBoth(List<Price> pricing) {
        return Stream.of("'prompt'", "'completion'").allMatch(wanted -> pricing.stream()
                .anyMatch(price -> price.name().equals(wanted)));
    }

    /** The name says nothing about the price. */
    @Provide
    Arbitrary<String> variants() {
        return Arbitraries.of("", ":free", ":online", ":free:free");
    }

    @Provide
    Arbitrary<List<Price>> pricings() {
        Arbitrary<List<Price>> usual =
                Combinators.combine(price("'prompt'"), price("'completion'")).as(List::of);
        Arbitrary<List<Price>> others = others().list().ofMaxSize(4);
        return Combinators.combine(
                        usual,
                        others,
                        Arbitraries.randoms(),
                        Arbitraries.integers().between(0, 40))
                .as((two, more, random, missing) -> {
                    List<Price> all = new ArrayList<>(two);
                    all.addAll(more);
                    Collections.shuffle(all, random);
                    return missing < all.size() ? without(all, missing) : all;
                });
    }

    private static List<Price> without(List<Price> all, int missing) {
        return Stream.concat(all.subList(0, missing).stream(), all.subList(missing + 1, all.size()).stream())
                .toList();
    }

    private static Arbitrary<Price> others() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        4,
                        Arbitraries.of("'request'", "'image'", "'discount'", "'new_thing'", "''")
                                .flatMap(HostileCatalogPropertyTest::price)),
                Tuple.of(1, price("'prompt'")),
                Tuple.of(2, overrides()));
    }

    private static Arbitrary<Price> price(String name) {
        Arbitrary<Price> nothing = Arbitraries.of(NOTHING).map(value -> new Price(name, value, true));
        Arbitrary<Price> something = Arbitraries.of(SOMETHING).map(value -> new Price(name, value, false));
        return Arbitraries.frequencyOf(Tuple.of(7, nothing), Tuple.of(1, something));
    }

    private static Arbitrary<Price> overrides() {
        Arbitrary<Price> condition =
                Arbitraries.of("'min_prompt_tokens'", "'utc_start'").map(name -> new Price(name, "'06:00'", true));
        Arbitrary<List<Price>> override = Arbitraries.oneOf(price("'prompt'"), price("'audio'"), condition)
                .list()
                .uniqueElements(Price::name)
                .ofMaxSize(3);
        Arbitrary<Price> lists = override.list().ofMaxSize(2).map(HostileCatalogPropertyTest::overrides);
        Arbitrary<Price> others = Arbitraries.of("{}", "'0'", "0", "[0]", "[null]", "[[]]", "{'prompt': '0'}", "true")
                .map(value -> new Price("'overrides'", value, false));
        return Arbitraries.frequencyOf(Tuple.of(5, lists), Tuple.of(1, others));
    }

    private static Price overrides(List<List<Price>> overrides) {
        String text = overrides.stream()
                .map(override -> override.stream().map(Price::text).collect(joining(", ", "{", "}")))
                .collect(joining(", ", "[", "]"));
        boolean harmless = overrides.stream().flatMap(List::stream).allMatch(Price::harmless);
        return new Price("'overrides'", text, harmless);
    }
}

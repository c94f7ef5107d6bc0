package io.freerouter.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogRulesTest {
    private static List<String> admitted(List<String> allow, List<String> deny) {
        CatalogRules rules = new CatalogRules(false, patterns(allow), patterns(deny));
        List<Listing> listings = Stream.of("acorn/oak:free", "acorn/nut:free", "birch/twig:free")
                .map(Listings::withId)
                .toList();
        return new FreePolicy(rules)
                .models(listings, Instant.EPOCH).stream()
                        .map(model -> model.id().value())
                        .toList();
    }

    private static List<ModelPattern> patterns(List<String> texts) {
        return texts.stream().map(ModelPattern::new).toList();
    }

    @Test
    void without_lists_all_are_wanted() {
        assertThat(admitted(List.of(), List.of())).hasSize(3);
    }

    @Test
    void an_allow_list_leaves_only_what_matches_one_of_its_patterns() {
        assertThat(admitted(List.of("*/oak:*", "birch/*"), List.of()))
                .containsExactly("acorn/oak:free", "birch/twig:free");
    }

    @Test
    void a_deny_list_takes_away_what_matches_one_of_its_patterns() {
        assertThat(admitted(List.of(), List.of("acorn/oak:free", "none/*")))
                .containsExactly("acorn/nut:free", "birch/twig:free");
    }

    @Test
    void to_be_denied_outweighs_to_be_allowed() {
        assertThat(admitted(List.of("acorn/*"), List.of("*nut*"))).containsExactly("acorn/oak:free");
    }
}

package io.freerouter.catalog;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
    @Test
    void a_listing_needs_an_id() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Listing(null, "Oak", 0, 0, 0, Set.of(), false, Prices.UNREADABLE, 0))
                .withMessageContaining("id");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void a_listings_quality_is_a_share(double quality) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Listing("a/b", "Oak", 0, 0, 0, Set.of(), false, Prices.UNREADABLE, quality))
                .withMessageContaining("from 0 to 1");
    }

    @Test
    void a_listing_has_no_negative_numbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Listing("a/b", "Oak", 0, -1, 0, Set.of(), false, Prices.UNREADABLE, 0))
                .withMessageContaining("0 for unknown");
    }
}

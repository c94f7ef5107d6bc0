package io.freerouter.catalog;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ListingTest {
    @Test
    void a_listing_needs_an_id() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Listing(null, "Oak", 0, 0, 0, Set.of(), false, Prices.UNREADABLE))
                .withMessageContaining("id");
    }

    @Test
    void a_listing_has_no_negative_numbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Listing("a/b", "Oak", 0, -1, 0, Set.of(), false, Prices.UNREADABLE))
                .withMessageContaining("0 for unknown");
    }
}

package io.freerouter.catalog;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
    private static Listing listing(String id, long contextLength, double quality) {
        return new Listing(
                id,
                "Oak",
                0,
                contextLength,
                0,
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                false,
                Prices.UNREADABLE,
                quality,
                Optional.empty(),
                () -> "");
    }

    @Test
    void a_listing_needs_an_id() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listing(null, 0, 0))
                .withMessageContaining("id");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void a_listings_quality_is_a_share(double quality) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listing("a/b", 0, quality))
                .withMessageContaining("from 0 to 1");
    }

    @Test
    void a_listing_has_no_negative_numbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listing("a/b", -1, 0))
                .withMessageContaining("0 for unknown");
    }
}

package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import org.junit.jupiter.api.Test;

class OutputLimitsTest {
    private static final ModelId MODEL = new ModelId("a");

    private final ModelStatistics.OutputLimits limits = new ModelStatistics.OutputLimits();

    @Test
    void a_model_that_named_no_limit_has_none() {
        assertThat(limits.of(MODEL)).isEmpty();
    }

    @Test
    void of_several_limits_the_lowest_counts() {
        limits.learned(MODEL, 16_384);
        limits.learned(MODEL, 8_192);
        limits.learned(MODEL, 28_672);

        assertThat(limits.of(MODEL)).hasValue(8_192);
        assertThat(limits.of(new ModelId("b"))).isEmpty();
    }

    @Test
    void a_limit_below_one_token_is_no_limit() {
        limits.learned(MODEL, 0);
        limits.learned(MODEL, -1);

        assertThat(limits.of(MODEL)).isEmpty();
    }

    @Test
    void a_new_catalog_is_believed_again() {
        limits.learned(MODEL, 8_192);
        limits.catalogRead();

        assertThat(limits.of(MODEL)).isEmpty();
    }
}
